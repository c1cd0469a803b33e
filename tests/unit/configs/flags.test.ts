import { describe, expect, test } from '@jest/globals';
import { contentSeed } from '../../../configs/content-seed.ts';
import { flagHelp } from '../../../configs/grammar-text.ts';
import { keywords } from '../../../configs/grammar.ts';
import { legalText, parse, parseWith, problemsOf } from './config.fixture.ts';

describe('a flag', () => {
  test('replaces the line of its keyword', () => {
    expect(parse(legalText, { flags: { f: '1' } })).toEqual(parse(legalText.replace('f 2', 'f 1')));
  });

  test('says what a line would say', () => {
    const flags = { delay: '0 0.02 s', 'crash-mode': 'silent', 'time-limit': '9 s' };
    const lines = 'delay 0 20\ncrash-mode silent\ntime-limit 9000';
    expect(parse(legalText, { flags })).toEqual(parseWith(lines));
  });

  test('has its problems named by itself', () => {
    expect(problemsOf(legalText, { flags: { f: 'two' } })).toEqual([
      '--f: F "two" is not a whole number; expected a whole number from 0; write for example "--f 2"',
    ]);
    expect(problemsOf(legalText, { flags: { delay: '5 1' } })).toEqual([
      '--delay: the delay goes from 5 ms to 1 ms; expected MIN ≤ MAX; swap the two or correct one',
    ]);
    expect(problemsOf(legalText, { flags: { hold: '4 1' } })[0]).toContain(
      `write for example "--hold '4 1 rounds 0-5 until 300'"`,
    );
  });

  test('given twice is a problem', () => {
    expect(problemsOf(legalText, { flags: { f: ['1', '2'] } })).toEqual([
      '--f: f was said already, at --f; expected one f; remove one of the two',
    ]);
  });

  test('that nobody knows suggests the nearest', () => {
    expect(problemsOf(legalText, { flags: { sed: '7' } })[0]).toContain('did you mean "seed"?');
  });

  test('does not excuse a line that cannot be read', () => {
    expect(problemsOf(legalText.replace('f 2', 'f two'), { flags: { f: '2' } })).toHaveLength(1);
  });

  test('does excuse a line that is only out of range', () => {
    expect(parse(legalText.replace('f 2', 'f 3'), { flags: { f: '2' } }).f).toBe(2);
  });

  test('may repeat where lines may: hold and node replace the lines', () => {
    const text = `${legalText}hold 1 2 rounds 0 until 5\n`;
    const node = ['1 0 ::1 0', '2 1 ::1 0', '3 1 ::1 0'];
    const config = parse(text, { flags: { node, f: '1', hold: '2 3 rounds 1 until 5' } });
    expect(config.nodes.map(({ input }) => input)).toEqual([0, 1, 1]);
    expect(config.faults.holds.map(({ from }) => from)).toEqual([2]);
  });

  test('without any text takes the lines away', () => {
    const text = `${legalText}hold 1 2 rounds 0 until 5\n`;
    expect(parse(text).faults.holds).toHaveLength(1);
    expect(parse(text, { flags: { hold: [] } }).faults.holds).toHaveLength(0);
  });

  test('for a chance of crashes leaves the certain ones, and the other way round', () => {
    const text = `${legalText}crash 0.5\ncrash 1 round 0 after 1\n`;
    const chance = parse(text, { flags: { crash: '0' } }).faults;
    expect(chance.crash.probability).toBe(0);
    expect(chance.scriptedCrashes.map(({ node }) => node)).toEqual([1]);
    const certain = parse(text, { flags: { crash: '2 round 0 after 1' } }).faults;
    expect(certain.crash.probability).toBe(0.5);
    expect(certain.scriptedCrashes.map(({ node }) => node)).toEqual([1, 2]);
    const both = parse(text, { flags: { crash: ['0', '2 round 0 after 1'] } }).faults;
    expect(both.crash.probability).toBe(0);
    expect(both.scriptedCrashes.map(({ node }) => node)).toEqual([1, 2]);
  });

  test.each(keywords)('%s has a help text of one line', (keyword) => {
    expect(flagHelp(keyword)).toMatch(/^[^\n]+: [^\n]+\.( |$|.*\])/);
  });
});

describe('--n', () => {
  test('takes the first nodes', () => {
    const config = parse(legalText, { flags: { n: '3', f: '1' } });
    expect(config.nodes).toEqual(parse(legalText).nodes.slice(0, 3));
    expect(config.faults.candidates).toEqual([1, 2, 3]);
  });

  test('adds nodes on free ports with inputs in the range of the file', () => {
    const { nodes } = parse(legalText, { flags: { n: '200' } });
    const added = nodes.slice(5);
    expect(nodes.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(added.every(({ host, port }) => host === '127.0.0.1' && port === 0)).toBe(true);
    expect(added.every(({ input }) => input >= 0 && input <= 1)).toBe(true);
    expect(new Set(added.map(({ input }) => input)).size).toBe(195);
    expect(added.some(({ input }) => input < 0.1) && added.some((node) => node.input > 0.9)).toBe(
      true,
    );
  });

  test('gives a node the same input whatever n and the seed are', () => {
    const eight = parse(legalText, { flags: { n: '8', seed: '1' } }).nodes;
    const nine = parse(legalText, { flags: { n: '9', seed: '2' } }).nodes;
    expect(nine.slice(0, 8)).toEqual(eight);
  });

  test('of the number in the file changes nothing', () => {
    expect(parse(legalText, { flags: { n: '5' } })).toEqual(parse(legalText));
  });

  test('is checked like the file: f, faults, gaps', () => {
    expect(problemsOf(legalText, { flags: { n: '4' } })[0]).toContain('n = 4 is too small');
    expect(problemsOf(`${legalText}candidates 5\n`, { flags: { n: '3', f: '1' } })[0]).toContain(
      'there is no node 5',
    );
    expect(problemsOf(legalText.replace('node 3', 'node 6'), { flags: { n: '9' } })).toContainEqual(
      expect.stringContaining('node 3 is missing'),
    );
  });

  test.each(['0', '10001', '1e9', 'many'])('%s is refused', (n) => {
    expect(problemsOf(legalText, { flags: { n } })[0]).toMatch(/^--n: N/);
  });
});

describe('the seed', () => {
  const unseeded = legalText.replace('seed 7\n', '');

  test('comes from the config, a flag, the content or chance, and says so', () => {
    expect(parse(legalText)).toMatchObject({ seed: 7, seedFrom: 'config' });
    expect(parse(legalText, { flags: { seed: '9' } })).toMatchObject({
      seed: 9,
      seedFrom: 'flag',
    });
    expect(parse(unseeded)).toMatchObject({ seedFrom: 'file content' });
    expect(parse(unseeded, { flags: { seed: 'random' } })).toMatchObject({
      seed: 1234,
      seedFrom: 'random',
    });
  });

  test('of the content is the published FNV-1a hash', () => {
    // Test vectors of its authors.
    expect(contentSeed('')).toBe(0x811c9dc5);
    expect(contentSeed('foobar')).toBe(0xbf9cf968);
    expect(parse(unseeded).seed).toBe(contentSeed(unseeded));
    expect(parse(`${unseeded}#`).seed).not.toBe(contentSeed(unseeded));
  });

  test('of the content does not feel CRLF, a byte order mark or flags', () => {
    const { seed } = parse(unseeded);
    expect(parse(`\uFEFF${unseeded.replaceAll('\n', '\r\n')}`).seed).toBe(seed);
    expect(parse(unseeded, { flags: { algorithm: 'midpoint' } }).seed).toBe(seed);
  });

  test('random is refused where each process would draw its own', () => {
    const options = { flags: { seed: 'random' }, allowRandomSeed: false };
    expect(problemsOf(legalText, options)).toEqual([
      '--seed: seed random: each process would draw another one; expected a number; write the same number everywhere, or leave it out',
    ]);
    expect(parse(legalText, { allowRandomSeed: false }).seed).toBe(7);
  });
});

test("the master's port 0 is refused where nobody could find it", () => {
  expect(problemsOf(legalText, { allowMasterPortZero: false })).toEqual([
    'x.txt: the master\'s port is 0: the nodes could not find it; expected a port from 1 to 65535; write "master HOST PORT"',
  ]);
  const options = { allowMasterPortZero: false, flags: { master: '::1 9000' } };
  expect(parse(legalText, options).master.port).toBe(9000);
});
