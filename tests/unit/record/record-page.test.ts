/** docs/record.md is a contract for people who read records with tools of their own. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  headerShape,
  launcherShapes,
  masterShapes,
  nodeShapes,
} from '../../../record/event-shape.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import { judged } from '../checker/judged.ts';

const page = readFileSync('docs/record.md', 'utf8');
/** A word in code style, anywhere on the page; a field of a unit may stand there without it. */
const isNamed = (word: string): boolean =>
  page.includes(`\`${word}\``) || page.includes(`\`${word.replace(/Ms$/, '')}\``);

describe('docs/record.md names', () => {
  test.each([
    ['a node', nodeShapes],
    ['the master', masterShapes],
    ['the launcher', launcherShapes],
  ])('every kind of event that %s writes, with every field', (_who, shapes) => {
    const words = Object.entries(shapes).flatMap(([kind, shape]) => [kind, ...Object.keys(shape)]);
    expect(words.filter((word) => !isNamed(word))).toEqual([]);
  });

  test('every field of the header', () => {
    expect(Object.keys(headerShape).filter((word) => !isNamed(word))).toEqual([]);
  });

  test('every field of result.json', () => {
    const result = judged(playRun(smallConfig()));
    const { identity, properties, rounds, statistics } = result;
    const parts = [result, identity, properties, rounds, statistics];
    const words = [...parts, statistics.messages, statistics.timing, statistics.rounds[0]!].flatMap(
      Object.keys,
    );
    expect(words.filter((word) => !isNamed(word))).toEqual([]);
  });
});
