import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { grammarTable } from '../../../configs/grammar-text.ts';
import { entries, keywords } from '../../../configs/grammar.ts';
import type { Entry } from '../../../configs/entry.ts';
import { nearest } from '../../../configs/nearest.ts';
import { slots } from '../../../configs/slots.ts';
import { parse, parseWith, problemsOf } from './config.fixture.ts';

const page = readFileSync('docs/config.md', 'utf8');

function between(start: string, end: string): string {
  const from = page.indexOf(start) + start.length;
  return page.slice(from, page.indexOf(end, from));
}

/** The indented blocks of the page that hold config lines. */
const indented = (start: string): string => between(start, '\n#').replace(/^(?! {4}).*$/gm, '');

describe('docs/config.md', () => {
  test('has the table of the grammar', () => {
    expect(between('<!-- grammar -->\n', '\n<!-- /grammar -->')).toBe(grammarTable());
  });

  test('has a first example that runs', () => {
    expect(parse(indented('# The config of a run')).nodes).toHaveLength(5);
  });

  test("has the original's example", () => {
    const original = readFileSync('configs/original.txt', 'utf8');
    expect(page).toContain(original.replaceAll(/^(?=.)/gm, '    '));
  });

  test('shows the errors that its broken config really gives', () => {
    const broken = between('```config\n', '```');
    const shown = between('```errors\n', '\n```');
    const options = { name: 'broken.txt', flags: { seed: 'seven' } };
    expect(problemsOf(broken, options)).toEqual(shown.split('\n'));
  });

  test.each([...page.matchAll(/^\| `(delay .*?)`/gm)].map(([, form]) => form ?? ''))(
    '%s is legal',
    (forms) => {
      for (const form of forms.split('`, `')) expect(() => parseWith(form)).not.toThrow();
    },
  );
});

describe('the grammar', () => {
  test.each(entries.map((entry: Entry) => [entry.example, entry] as const))(
    'has a legal example: %s',
    (example, entry) => {
      const rest = example.split(' ').slice(1).join(' ');
      // A flag replaces the line of the legal config that it is added to.
      const flags = { [entry.keyword]: entry.statement === 'node' ? [] : rest };
      if (entry.statement === 'node') expect(parse(`f 0\n${example}`).nodes).toHaveLength(1);
      else expect(() => parseWith('', { flags })).not.toThrow();
    },
  );

  test('uses every slot, and no slot that it does not have', () => {
    const used = entries.flatMap((entry) => entry.forms.join(' ').match(/[A-Z]+/g) ?? []);
    expect(new Set(used)).toEqual(new Set(Object.keys(slots)));
  });

  test('has no keyword that a typing error turns into another', () => {
    for (const keyword of keywords) expect(nearest(keyword, keywords)).toBe(keyword);
    expect(nearest('crahs-mode', keywords)).toBe('crash-mode');
  });
});
