import { describe, expect, test } from '@jest/globals';
import { legalText, parse, parseWith, problemsOf, problemsWith } from './config.fixture.ts';

/** Three nodes with these inputs; f is line 4. */
const withInputs = (a: string, b: string, c: string, rest: string): string =>
  `node 1 ${a} ::1 0\nnode 2 ${b} ::1 0\nnode 3 ${c} ::1 0\n${rest}\n`;

describe('nodes', () => {
  test('there is at least one', () => {
    expect(problemsOf('f 0')).toEqual([
      'x.txt: there is no node; expected at least 1 node line; add lines like "node 1 0.10 127.0.0.1 9001"',
    ]);
    expect(parse('f 0\nnode 1 5 ::1 0').nodes).toHaveLength(1);
  });

  test('each id stands once', () => {
    expect(problemsOf(legalText.replace('node 5', 'node 4'))).toEqual([
      'x.txt:7: node 4 was there already, at x.txt:6; expected each id once; renumber one of the two',
    ]);
  });

  test('ids have no gap', () => {
    expect(problemsOf(legalText.replace('node 3', 'node 7'))).toEqual([
      'x.txt:5: node 6 is missing before node 7; expected ids 1 to n, no gaps; number the nodes from 1 on, or add node 6',
      'x.txt:6: node 3 is missing before node 4; expected ids 1 to n, no gaps; number the nodes from 1 on, or add node 3',
    ]);
    expect(problemsOf(legalText.replace('node 5', 'node 9'))[0]).toContain('nodes 5–8 are missing');
  });

  test('ids start at 1', () => {
    expect(problemsOf(legalText.replace('node 1', 'node 0'))).toEqual([
      'x.txt:3: ID of node is 0; expected a node id, 1 to n; correct it, for example "node 1 0.10 127.0.0.1 9001"',
    ]);
  });

  test.each(['1e301', '-1e301', '1e999'])('input %s is refused', (input) => {
    const [problem] = problemsOf(legalText.replace('0.10', input));
    expect(problem).toMatch(
      /^x.txt:3: INPUT of node is .*; expected a number between −1e300 and 1e300; correct it/,
    );
  });

  test('the largest inputs are legal', () => {
    const text = withInputs('1e300', '-1e300', '0', 'f 1\nepsilon 1e286');
    expect(parse(text).worstCase).toBe(48);
  });

  test.each(['-1', '65536'])('port %s is refused', (port) => {
    expect(problemsOf(legalText.replace('9001', port))).toEqual([
      `x.txt:3: PORT of node is ${port}; expected a port from 0 to 65535 (0: any free one); correct it, for example "node 1 0.10 127.0.0.1 9001"`,
    ]);
  });

  test.each(['300.1.1.1', '10.0.0', 'a_b', '[::1]', 'x:1'])('host %s is refused', (host) => {
    const [problem] = problemsOf(legalText.replace('127.0.0.1', host));
    expect(problem).toMatch(/^x.txt:3: HOST of node is ".*"; expected an IPv4 address, an IPv6/);
  });

  test.each(['10.0.0.1', '::1', 'fe80::2', 'localhost', 'node-3.example.org'])(
    'host %s is legal',
    (host) => {
      expect(parse(legalText.replace('127.0.0.1', host)).nodes[0]?.host).toBe(host);
    },
  );

  test('an address belongs to one process', () => {
    expect(problemsOf(legalText.replace('9005', '9002'))).toEqual([
      'x.txt:7: node 5 has the address of node 2 (x.txt:4): "127.0.0.1 9002"; expected an address of its own; use another port, or 0',
    ]);
    expect(problemsWith('master 127.0.0.1 9001')).toEqual([
      'x.txt:3: node 1 has the address of the master (x.txt:8): "127.0.0.1 9001"; expected an address of its own; use another port, or 0',
    ]);
  });

  test('port 0 and one port on two hosts are no conflict', () => {
    expect(parse(withInputs('0', '1', '1', 'f 1')).nodes).toHaveLength(3);
    expect(parse(legalText.replace('127.0.0.1 9005', '127.0.0.2 9001')).nodes).toHaveLength(5);
  });
});

describe('n and f', () => {
  test('n too small for f names the smallest legal n and the largest legal f', () => {
    expect(problemsOf(legalText.replace('f 2', 'f 3'))).toEqual([
      'x.txt:1: n = 5 is too small for f = 3 (asynchronous crash faults: n > 2f); expected at least 7 nodes for f = 3, or f at most 2 for n = 5; add nodes, lower f, or say "unsound yes" to watch it fail',
    ]);
  });

  test('n = 2f is refused, n = 2f + 1 is not', () => {
    expect(problemsOf('f 1\nnode 1 0 ::1 0\nnode 2 1 ::1 0')).toHaveLength(1);
    expect(parse(withInputs('0', '1', '1', 'f 1')).f).toBe(1);
  });

  test('unsound runs with too few nodes, but then nothing is proven', () => {
    const text = `${legalText.replace('f 2', 'f 3')}unsound yes\n`;
    expect(problemsOf(text)).toEqual([
      'x.txt: nothing is proven about mean with n = 5, f = 3; expected a number of rounds; add a line like "rounds 40"',
    ]);
    expect(parse(`${text}rounds 12`)).toMatchObject({ unsound: true, worstCase: null, rounds: 12 });
  });

  test('f = n is refused even so: nobody could be waited for', () => {
    expect(problemsOf(`${legalText.replace('f 2', 'f 5')}unsound yes\nrounds 12\n`)).toEqual([
      'x.txt:1: f = 5 is not below n = 5; expected at least 11 nodes for f = 5, or f at most 2 for n = 5; add nodes or lower f',
    ]);
  });

  test('f is required', () => {
    expect(problemsOf(legalText.replace('f 2', ''))).toEqual([
      'x.txt: f is missing; expected how many nodes may fail; add a line like "f 2"',
    ]);
  });

  test('f is not negative', () => {
    expect(problemsOf(legalText.replace('f 2', 'f -1'))).toEqual([
      'x.txt:1: F of f is -1; expected a whole number from 0; correct it, for example "f 2"',
    ]);
  });
});

describe('algorithm, epsilon and rounds', () => {
  test('an unknown algorithm suggests the nearest', () => {
    expect(problemsWith('algorithm midpiont')).toEqual([
      'x.txt:8: unknown algorithm "midpiont"; expected mean, midpoint, select; did you mean "midpoint"?',
    ]);
  });

  test.each(['0', '-0.1'])('epsilon %s is refused', (epsilon) => {
    expect(problemsWith(`epsilon ${epsilon}`)).toEqual([
      `x.txt:8: EPSILON of epsilon is ${epsilon}; expected a number above 0; correct it, for example "epsilon 0.001"`,
    ]);
  });

  test('an epsilon below what doubles can reach is refused with the smallest legal one', () => {
    const text = (epsilon: string) =>
      withInputs('8e12', '8000000000001', '8e12', `f 1\nepsilon ${epsilon}`);
    expect(problemsOf(text('0.001'))).toEqual([
      'x.txt:5: epsilon 0.001 is below what doubles of this size can reach; expected at least 0.0078125; use a larger epsilon or smaller inputs',
    ]);
    expect(parse(text('0.0078125')).epsilon).toBe(0.0078125);
  });

  test('the worst case plus one gives R, and R + 1 is the last round', () => {
    // Contraction 2/3 and spread 1: (2/3)^18 ≤ 0.001 < (2/3)^17.
    expect(parse(legalText)).toMatchObject({ worstCase: 18, rounds: 19, lastRound: 20 });
  });

  test('a worst case of too many rounds is refused', () => {
    const nodes = Array.from({ length: 2001 }, (_, i) => `node ${i + 1} ${i % 2} ::1 0`);
    expect(problemsOf(`${nodes.join('\n')}\nf 1000\nepsilon 1e-6`)).toEqual([
      'x.txt:2003: the worst case takes more than 10000 rounds; expected at most 10000 rounds; use a larger epsilon, a smaller f, or midpoint or select',
    ]);
  });

  test.each(['0', '10001'])('rounds %s is refused', (rounds) => {
    expect(problemsWith(`rounds ${rounds}`)).toEqual([
      `x.txt:8: R of rounds is ${rounds}; expected a number of rounds, 1 to 10000; correct it, for example "rounds 40"`,
    ]);
  });

  test('stop rounds needs the worst case, unless unsound', () => {
    expect(problemsWith('stop rounds\nrounds 18')).toEqual([
      'x.txt:9: stop rounds after 18 rounds, but the worst case needs 19; expected at least 19 rounds; raise rounds, leave the line out, or say "unsound yes"',
    ]);
    expect(parseWith('stop rounds\nrounds 19').rounds).toBe(19);
    expect(parseWith('stop rounds\nrounds 18\nunsound yes').rounds).toBe(18);
    expect(parseWith('rounds 18').rounds).toBe(18);
  });

  test.each(['-1', '9007199254740992', '1.5'])('seed %s is refused', (seed) => {
    const [problem] = problemsOf(legalText.replace('seed 7', `seed ${seed}`));
    expect(problem).toMatch(/^x.txt:2: SEED.*; expected .*; (correct|write)/);
  });

  test('the largest seed is legal', () => {
    expect(parse(legalText.replace('seed 7', 'seed 9007199254740991')).seed).toBe(2 ** 53 - 1);
  });

  test.each(['time-limit', 'patience'])('%s is above 0 and no longer than a timer', (keyword) => {
    expect(problemsWith(`${keyword} 0`)[0]).toMatch(/TIME of .* is 0; expected a time above 0/);
    expect(problemsWith(`${keyword} 2147484 s`)[0]).toContain('at most 2147483647 ms');
  });
});

describe('faults', () => {
  test.each([
    ['delay 20 10', 'the delay goes from 20 ms to 10 ms; expected MIN ≤ MAX'],
    ['delay exponential 20 1 cap 10', 'the delay goes from 20 ms to 10 ms; expected MIN ≤ CAP'],
    ['delay pareto 20 1 cap 10', 'the delay goes from 20 ms to 10 ms; expected MIN ≤ CAP'],
    ['delay lognormal 20 1 cap 10', 'the delay goes from 20 ms to 10 ms; expected MEDIAN ≤ CAP'],
  ])('%s is refused', (line, problem) => {
    expect(problemsWith(line)).toEqual([`x.txt:8: ${problem}; swap the two or correct one`]);
  });

  test.each([
    ['delay -1 1', 'MIN of delay is -1; expected the shortest delay, 0 ms to 2147483647 ms'],
    ['delay 0 30 s 1', '"1" is too much; expected "delay MIN MAX"'],
    ['delay pareto 1 0 cap 2', 'ALPHA of delay is 0; expected a tail exponent, 0.1 to 100'],
    ['delay lognormal 1 -1 cap 2', 'SIGMA of delay is -1; expected a standard deviation'],
    ['crash 1.01', 'P of crash is 1.01; expected a probability from 0 to 1'],
    ['crash -0.5 per-round', 'P of crash is -0.5; expected a probability from 0 to 1'],
    ['hold 1 2 rounds 5-2 until 9', 'ROUNDS of hold is 5-2; expected a round, or a first and'],
  ])('%s is refused', (line, problem) => {
    expect(problemsWith(line)).toEqual([expect.stringContaining(`x.txt:8: ${problem}`)]);
  });

  test.each([
    ['crash 6 round 0 after 1', 'there is no node 6; expected an id from 1 to 5; correct the id'],
    [
      'crash 1 round 0 after 5',
      'a crash after 5 sends, but a multicast has 4; expected 0 to 4 sends; use a smaller number',
    ],
    ['crash 1 round 0 reaching 2 1', 'node 1 reaches itself; expected ids of its peers; remove 1'],
    [
      'crash 1 round 0 reaching 2 2',
      'the list names a node twice; expected each id once; remove one of the two',
    ],
    [
      'crash 1 round 0 reaching 6',
      'there is no node 6; expected an id from 1 to 5; correct the id',
    ],
    [
      'crash 1 round 21 after 1',
      'round 21 is never reached, the last one is 20; expected a round from 0 to 20; use an earlier round',
    ],
    ['candidates 1 6', 'there is no node 6; expected an id from 1 to 5; correct the id'],
    ['candidates 1 1', 'the list names a node twice; expected each id once; remove one of the two'],
    ['hold 6 1 rounds 0 until 1', 'there is no node 6; expected an id from 1 to 5; correct the id'],
    ['hold 1 6 rounds 0 until 1', 'there is no node 6; expected an id from 1 to 5; correct the id'],
    [
      'hold 2 2 rounds 0 until 1',
      'a hold from node 2 to itself; expected two nodes; change one id',
    ],
    [
      'hold 1 2 rounds 21-30 until 1',
      'round 21 is never reached, the last one is 20; expected a round from 0 to 20; use an earlier round',
    ],
  ])('%s is refused', (line, problem) => {
    expect(problemsWith(line)).toEqual([`x.txt:8: ${problem}`]);
  });

  test('a fault after the round that all nodes output unasked is refused', () => {
    expect(parseWith('stop rounds\ncrash 1 round 19 after 1').lastRound).toBe(19);
    expect(problemsWith('stop rounds\ncrash 1 round 20 after 1')).toEqual([
      'x.txt:9: round 20 is never reached, the last one is 19; expected a round from 0 to 19; use an earlier round',
    ]);
  });

  test('crashes after all sends, in the last round and of no peer are legal', () => {
    const { faults } = parseWith('crash 1 round 20 after 4\ncrash 2 round 0 after 0');
    expect(faults.scriptedCrashes).toHaveLength(2);
  });

  test('at most f nodes crash by script', () => {
    const lines = [1, 2, 3].map((node) => `crash ${node} round 0 after 1`).join('\n');
    expect(problemsWith(lines)).toEqual([
      'x.txt:10: scripted crashes and kills of more than f = 2 nodes; expected at most 2; remove some of them or raise f',
    ]);
  });

  test('a node crashes once', () => {
    expect(problemsWith('crash 1 round 0 after 1\ncrash 1 round 3 after 1')).toEqual([
      'x.txt:9: node 1 dies already, at x.txt:8; expected one death per node; remove one of the two',
    ]);
  });
});

test('all problems are reported at once, in the order of the file', () => {
  const text = `f 3
epsilon -1
node 1 0.5 127.0.0.1 99999
node 1 abc 127.0.0.1 9002
delay 9 3
crash 2
colour blue
`;
  expect(problemsOf(text, { flags: { order: 'random' } }).map((p) => p.split(';')[0])).toEqual([
    'x.txt:1: f = 3 is not below n = 2',
    'x.txt:2: EPSILON of epsilon is -1',
    'x.txt:3: PORT of node is 99999',
    'x.txt:4: INPUT "abc" is not a number',
    'x.txt:4: node 1 was there already, at x.txt:3',
    'x.txt:5: the delay goes from 9 ms to 3 ms',
    'x.txt:6: P of crash is 2',
    'x.txt:7: unknown keyword "colour"',
    '--order: "random" is not fifo|any',
  ]);
});
