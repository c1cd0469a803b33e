import { describe, expect, test } from '@jest/globals';
import { parseWith, problemsWith } from './config.fixture.ts';

describe('use lines', () => {
  test('become receive sets: ranges or ids, one round or several', () => {
    const { faults } = parseWith('use 1-2 rounds 0-4 from 1-3\nuse 3 round 7 from 5 3 1');
    expect(faults.uses).toEqual([
      { nodes: [1, 2], firstRound: 0, lastRound: 4, from: [1, 2, 3] },
      { nodes: [3], firstRound: 7, lastRound: 7, from: [5, 3, 1] },
    ]);
  });

  test('are absent where nothing is said, so that digests stay as they are', () => {
    expect(Object.keys(parseWith('').faults)).not.toContain('uses');
  });

  test('may name rounds that no run reaches', () => {
    expect(parseWith('use 1 rounds 0-9999 from 1-3').faults.uses).toHaveLength(1);
  });

  test.each([
    [
      'use 1 round 0 from 1 2',
      'a set of 2 nodes, but a round ends with 3 values; expected n − f = 3 ids; add some',
    ],
    [
      'use 1 round 0 from 1-4',
      'a set of 4 nodes, but a round ends with 3 values; expected n − f = 3 ids; remove some',
    ],
    [
      'use 1 round 0 from 2-4',
      'node 1 does not use its own value; expected 1 in its set; put 1 in, or split the line',
    ],
    [
      'use 1-4 round 0 from 1-3',
      'node 4 does not use its own value; expected 4 in its set; put 4 in, or split the line',
    ],
    [
      'use 1 round 0 from 1 2 2',
      'the set names a node twice; expected each id once; remove one of the two',
    ],
    ['use 6 round 0 from 1-3', 'there is no node 6; expected ids from 1 to 5; correct the ids'],
    ['use 1 round 0 from 1 2 9', 'there is no node 9; expected ids from 1 to 5; correct the ids'],
    [
      'use 1 rounds 3-2 from 1-3',
      'ROUNDS of use is 3-2; expected a round, or a first and a last one like 0-5; correct it, for example "use 1-3 rounds 0-9 from 1-3"',
    ],
    [
      'use 3-1 round 0 from 1-3',
      'RECEIVERS of use is 3-1; expected a node id or a range of ids like 1-3, 1 to n; correct it, for example "use 1-3 rounds 0-9 from 1-3"',
    ],
    [
      'use one round 0 from 1-3',
      'RECEIVERS "one" is neither a node id nor a range of ids; expected "use RECEIVERS round|rounds ROUNDS from SENDERS…"; write for example "use 1-3 rounds 0-9 from 1-3"',
    ],
    [
      'use 1 round 20 from 1-3',
      'round 20 never ends, the last one is 20; expected a round from 0 to 19; use an earlier round',
    ],
    [
      'use 1-9000000 round 0 from 1-9000000',
      'there is no node 9000000; expected ids from 1 to 5; correct the ids',
    ],
  ])('%s is refused', (line, problem) => {
    expect(problemsWith(line)).toEqual([`x.txt:8: ${problem}`]);
  });

  test('a node has one set per round', () => {
    expect(problemsWith('use 1-2 rounds 0-4 from 1-3\nuse 2 rounds 4-6 from 2-4')).toEqual([
      'x.txt:9: node 2 has a set for round 4 already, at x.txt:8; expected one set per node and round; remove one of the two',
    ]);
  });
});

describe('a set that cannot be met is refused:', () => {
  const expected = 'expected messages that can come';

  test('the sender dies before this send', () => {
    // The send order of node 4 is 5 1 2 3.
    expect(problemsWith('crash 4 round 2 after 1\nuse 1 rounds 0-2 from 1 4 5')).toEqual([
      `x.txt:9: node 1 cannot use round 2 of node 4, which crashes in round 2; ${expected}; use fewer rounds, or leave 4 out`,
    ]);
    expect(parseWith('crash 4 round 2 after 2\nuse 1 rounds 0-2 from 1 4 5').f).toBe(2);
    expect(parseWith('crash 4 round 2 reaching 1\nuse 1 rounds 0-2 from 1 4 5').f).toBe(2);
    expect(problemsWith('crash 4 round 2 reaching 1\nuse 1 rounds 0-3 from 1 4 5')[0]).toContain(
      'cannot use round 3 of node 4',
    );
  });

  test('but not if the receiver is dead by then as well', () => {
    const lines = 'crash 4 round 2 after 0\ncrash 1 round 2 after 0\nuse 1 rounds 0-9 from 1 4 5';
    expect(parseWith(lines).f).toBe(2);
  });

  test('the link is held for ever', () => {
    expect(problemsWith('hold 4 1 rounds 3-4 until never\nuse 1 rounds 0-3 from 1 4 5')).toEqual([
      `x.txt:9: node 1 cannot use round 3 of node 4: the link is held for ever; ${expected}; use fewer rounds, or leave 4 out`,
    ]);
    expect(parseWith('hold 4 1 rounds 3-4 until 9\nuse 1 rounds 0-3 from 1 4 5').f).toBe(2);
  });

  test('under fifo also by an earlier message', () => {
    const lines = 'hold 4 1 rounds 0 until never\nuse 1 round 3 from 1 4 5';
    expect(problemsWith(lines)[0]).toContain('cannot use round 3 of node 4');
    expect(parseWith(`${lines}\norder any`).f).toBe(2);
  });
});
