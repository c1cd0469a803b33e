import { describe, expect, test } from '@jest/globals';
import { legalText, parse, parseWith, problemsOf, problemsWith } from './config.fixture.ts';

describe('formatting', () => {
  const expected = parse(legalText);

  test.each([
    ['CRLF', legalText.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${legalText}`],
    ['several spaces and tabs', legalText.replaceAll(' ', ' \t  ')],
    ['blank lines at the end', `${legalText}\n\n  \n`],
    ['no line end at the end', legalText.trimEnd()],
    ['comments', `# f 9\n${legalText.replaceAll('\n', ' # said\n')}#`],
    ['a comment without a space', legalText.replace('f 2', 'f 2#9')],
    ['another order of lines', legalText.trimEnd().split('\n').reverse().join('\n')],
  ])('%s changes nothing', (_what, text) => {
    expect(parse(text)).toEqual(expected);
  });
});

describe('forms', () => {
  test.each([
    ['delay 0 20', { kind: 'uniform', minMs: 0, maxMs: 20 }],
    ['delay uniform 0 20', { kind: 'uniform', minMs: 0, maxMs: 20 }],
    ['delay 7 7', { kind: 'uniform', minMs: 7, maxMs: 7 }],
    ['delay constant 5', { kind: 'constant', delayMs: 5 }],
    ['delay exponential 1 2.5 cap 100', { kind: 'exponential', minMs: 1, meanMs: 2.5, capMs: 100 }],
    [
      'delay lognormal 40 0.9 cap 1 s',
      { kind: 'lognormal', medianMs: 40, sigma: 0.9, capMs: 1000 },
    ],
    ['delay pareto 10 1.5 cap 2s', { kind: 'pareto', minMs: 10, alpha: 1.5, capMs: 2000 }],
    ['delay 1.005 s 2000 ms', { kind: 'uniform', minMs: 1005, maxMs: 2000 }],
    ['delay 5e-1s 1.5e3ms', { kind: 'uniform', minMs: 500, maxMs: 1500 }],
  ])('%s', (line, delay) => {
    expect(parseWith(line).faults.delay).toEqual(delay);
  });

  test.each([
    ['crash 0', { probability: 0, per: 'send' }],
    ['crash 0.03 per-send', { probability: 0.03, per: 'send' }],
    ['crash 0.2 per-round', { probability: 0.2, per: 'round' }],
    ['crash .21 round-end', { probability: 0.21, per: 'round-end' }],
  ])('%s', (line, crash) => {
    expect(parseWith(line).faults.crash).toEqual(crash);
  });

  test('crash is a chance or a certain crash, told apart by the next word', () => {
    const { faults } = parseWith(
      'crash 1\ncrash 4 round 0 reaching 2 1\ncrash 3 round 2 after 1\n',
    );
    expect(faults.crash).toEqual({ probability: 1, per: 'send' });
    expect(faults.scriptedCrashes).toEqual([
      { node: 3, round: 2, extent: { after: 1 } },
      { node: 4, round: 0, extent: { reaching: [1, 2] } },
    ]);
  });

  test('holds', () => {
    const { faults } = parseWith('hold 4 1 rounds 0-5 until 0.3 s\nhold 1 2 rounds 2 until never');
    expect(faults.holds).toEqual([
      { from: 1, to: 2, firstRound: 2, lastRound: 2, untilMs: null },
      { from: 4, to: 1, firstRound: 0, lastRound: 5, untilMs: 300 },
    ]);
  });

  test('everything else', () => {
    const config = parseWith(`algorithm midpoint
epsilon 1e-2
order any
crash-mode silent
candidates 5 1
stop rounds
rounds 30
time-limit 60 s
patience 500 ms
unsound yes
master ::1 9000`);
    expect(config).toMatchObject({
      algorithm: 'midpoint',
      epsilon: 0.01,
      stop: 'rounds',
      rounds: 30,
      lastRound: 30,
      timeLimitMs: 60_000,
      patienceMs: 500,
      unsound: true,
      master: { host: '::1', port: 9000 },
      faults: { order: 'any', crashMode: 'silent', candidates: [1, 5] },
    });
  });

  test('−0 is 0, which survives JSON', () => {
    expect(Object.is(parse('f 0\nnode 1 -0 ::1 0').nodes[0]?.input, 0)).toBe(true);
  });
});

describe('lines that cannot be read', () => {
  test.each([
    ['f abc', 'x.txt:1: F "abc" is not a whole number; expected "f F"; write for example "f 2"'],
    ['f 1.5', 'x.txt:1: F "1.5" is not a whole number; expected "f F"; write for example "f 2"'],
    ['f', 'x.txt:1: F is missing; expected "f F"; write for example "f 2"'],
    ['f 2 3', 'x.txt:1: "3" is too much; expected "f F"; write for example "f 2"'],
    [
      'epsilon NaN',
      'x.txt:1: EPSILON "NaN" is not a number; expected "epsilon EPSILON"; write for example "epsilon 0.001"',
    ],
    [
      'patience 5 min',
      'x.txt:1: "min" is too much; expected "patience TIME"; write for example "patience 500 ms"',
    ],
    [
      'order lifo',
      'x.txt:1: "lifo" is not fifo|any; expected "order fifo|any"; write for example "order any"',
    ],
    [
      'hold 4 1 rounds all until 3',
      'x.txt:1: ROUNDS "all" is neither a round nor a range of rounds; expected "hold FROM TO rounds ROUNDS until UNTIL"; write for example "hold 4 1 rounds 0-5 until 300"',
    ],
    [
      'hold 4 1 rounds 1 until soon',
      'x.txt:1: UNTIL "soon" is neither a time in ms or s nor never; expected "hold FROM TO rounds ROUNDS until UNTIL"; write for example "hold 4 1 rounds 0-5 until 300"',
    ],
    [
      'candidates',
      'x.txt:1: CANDIDATE is missing; expected "candidates CANDIDATE…"; write for example "candidates 1 4 5"',
    ],
    [
      'candidates 1 x 2',
      'x.txt:1: CANDIDATE "x" is not a whole number; expected "candidates CANDIDATE…"; write for example "candidates 1 4 5"',
    ],
    [
      'seed now',
      'x.txt:1: SEED "now" is neither a whole number nor random; expected "seed SEED"; write for example "seed 7"',
    ],
    [
      'crash x round 2 after 1',
      'x.txt:1: NODE "x" is not a whole number; expected "crash NODE round ROUND after COUNT"; write for example "crash 3 round 2 after 1"',
    ],
    [
      'crash 3 round 2 aftr 1',
      'x.txt:1: cannot read "crash 3 round 2 aftr 1"; expected "crash NODE round ROUND after COUNT" or "crash NODE round ROUND reaching PEER…"; write for example "crash 3 round 2 after 1"',
    ],
    [
      'delay gaussian 0 20',
      'x.txt:1: cannot read "delay gaussian 0 20"; expected "delay MIN MAX" or "delay uniform MIN MAX" or "delay constant DELAY" or "delay exponential MIN MEAN cap CAP" or "delay lognormal MEDIAN SIGMA cap CAP" or "delay pareto MIN ALPHA cap CAP"; write for example "delay 0 20"',
    ],
    [
      'node 1 0.5 127.0.0.1',
      'x.txt:1: PORT is missing; expected "node ID INPUT HOST PORT"; write for example "node 1 0.10 127.0.0.1 9001"',
    ],
  ])('%s', (line, problem) => {
    expect(problemsOf(line)).toContain(problem);
  });

  test('an unknown keyword suggests the nearest', () => {
    expect(problemsWith('epsilom 0.1')).toEqual([
      'x.txt:8: unknown keyword "epsilom"; expected a keyword; did you mean "epsilon"?',
    ]);
    expect(problemsWith('Delay 0 1')[0]).toContain('did you mean "delay"?');
  });

  test('an unknown keyword like none lists all', () => {
    expect(problemsWith('xylophones 3')).toEqual([
      expect.stringMatching(/unknown keyword "xylophones".*use one of algorithm, epsilon, f, .*#$/),
    ]);
  });

  test('control characters and long words are shown harmlessly', () => {
    const [problem = ''] = problemsWith(`\x1b[2J${'z'.repeat(500)} 1`);
    expect(problem).toContain('"\\u001b[2Jzzz');
    expect(problem.length).toBeLessThan(400);
  });

  test('n is a flag and no line', () => {
    expect(problemsWith('n 8')).toEqual([
      'x.txt:8: n is only a flag; expected node lines; say --n when you start it',
    ]);
  });

  test('a line that cannot be read is not reported as missing too', () => {
    expect(problemsOf(legalText.replace('f 2', 'f two'))).toHaveLength(1);
  });

  test('a bad value hides neither the others of its line nor the rules over all lines', () => {
    const text = legalText.replace('node 3 0.40 127.0.0.1 9003', 'node 2 zero 300.0.0.1 9001');
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^x.txt:5: INPUT "zero" is not a number/),
      expect.stringMatching(/^x.txt:5: HOST of node is "300.0.0.1"/),
      expect.stringMatching(/^x.txt:5: node 2 was there already, at x.txt:4/),
      expect.stringMatching(/^x.txt:6: node 3 is missing before node 4/),
    ]);
  });

  test('a keyword that is no list is said once', () => {
    expect(problemsWith('f 1')).toEqual([
      'x.txt:8: f was said already, at x.txt:1; expected one f; remove one of the two',
    ]);
    expect(problemsWith('crash 0\ncrash 1 per-round')).toEqual([
      'x.txt:9: crash was said already, at x.txt:8; expected one crash; remove one of the two',
    ]);
  });
});
