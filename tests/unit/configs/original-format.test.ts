import { describe, expect, test } from '@jest/globals';
import { parse, problemsOf } from './config.fixture.ts';

const original = `1000 5000 1
127.0.0.1 5000
1 0.3 127.0.0.1 5001
2 0.4 127.0.0.1 5002
3 0.5 127.0.0.1 5003
4 0.9 127.0.0.1 5004
`;

const ours = `delay uniform 1000 5000
f 1
master 127.0.0.1 5000
node 1 0.3 127.0.0.1 5001
node 2 0.4 127.0.0.1 5002
node 3 0.5 127.0.0.1 5003
node 4 0.9 127.0.0.1 5004
`;

const withoutSeed = (text: string, flags = {}) => ({ ...parse(text, { flags }), seed: 0 });

describe("the original's format", () => {
  test('says the same as our lines', () => {
    expect(withoutSeed(original)).toEqual(withoutSeed(ours));
  });

  test.each([
    ['CRLF and blank lines at the end', `${original.replaceAll('\n', '\r\n')}\r\n\r\n`],
    ['comments', `# one\n\n${original.replaceAll('\n', ' # x\n')}`],
    ['several spaces', original.replaceAll(' ', '   ')],
    ['a line without an end', original.trimEnd()],
  ])('may have %s', (_what, text) => {
    expect(withoutSeed(text)).toEqual(withoutSeed(ours));
  });

  test('may have keyword lines after its first', () => {
    const lines = 'epsilon 0.5\ncrash 0\n';
    expect(withoutSeed(`${original}${lines}`)).toEqual(withoutSeed(`${ours}${lines}`));
    expect(
      withoutSeed(original.replace('\n', `\n${lines}`).replace(/(127.*5000)/, 'master $1')),
    ).toEqual(withoutSeed(`${ours}${lines}`));
  });

  test('obeys flags', () => {
    const flags = { delay: '0 20', f: '0' };
    expect(withoutSeed(original, flags)).toEqual(withoutSeed(ours, flags));
  });

  test('knows a master by name', () => {
    expect(parse(original.replace('127.0.0.1 5000', 'coordinator 5000')).master).toEqual({
      host: 'coordinator',
      port: 5000,
    });
  });

  test('has its problems in its own words', () => {
    const text = original
      .replace(' 1\n', ' 1.5\n')
      .replace('127.0.0.1 5000', '127.0.0.1')
      .replace('0.4', '0,4')
      .replace('127.0.0.1 5004', '127.0.0.1');
    expect(problemsOf(text).map((problem) => problem.split('; write')[0])).toEqual([
      'x.txt:1: F "1.5" is not a whole number; expected "minDelayMs maxDelayMs f"',
      'x.txt:2: PORT is missing; expected "IP port"',
      'x.txt:4: INPUT "0,4" is not a number; expected "ID input IP port"',
      'x.txt:6: PORT is missing; expected "ID input IP port"',
    ]);
  });

  test('has its rules checked', () => {
    const text = original.replace('1000 5000 1', '5000 1000 2').replace('5002', '5001');
    expect(problemsOf(`${text}delay 0 20\nwhat 3\n`).map((p) => p.split(';')[0])).toEqual([
      'x.txt:1: n = 4 is too small for f = 2 (asynchronous crash faults: n > 2f)',
      'x.txt:1: the delay goes from 5000 ms to 1000 ms',
      'x.txt:4: node 2 has the address of node 1 (x.txt:3): "127.0.0.1 5001"',
      'x.txt:7: delay was said already, at x.txt:1',
      'x.txt:8: unknown keyword "what"',
    ]);
  });

  test('is known by three numbers, and by nothing else', () => {
    expect(problemsOf(original.replace('1000 5000 1', '1000 5000'))[0]).toContain(
      'unknown keyword "1000"',
    );
  });
});
