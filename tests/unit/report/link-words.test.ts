import { expect, test } from '@jest/globals';
import { linksInWords, processesInWords } from '../../../report/link-words.ts';

test('a sentence says what each line of a config does to links', () => {
  expect(
    linksInWords({
      timedHolds: [{ from: 4, to: 1, fromMs: 200, untilMs: null }],
      partitions: [{ sets: [[1, 2], [3]], fromMs: 100, untilMs: 400 }],
      slow: [
        { node: 2, by: { factor: 3 } },
        { node: 4, by: { plus: { kind: 'uniform', minMs: 0, maxMs: 50 } } },
      ],
      loss: { probability: 0.1, rtoMs: 20, capMs: 1000 },
      duplicate: 0.25,
      clog: { everyMs: 150, forMs: 50, capMs: 500 },
    }),
  ).toEqual([
    'the link from 4 to 1 is held from 200 ms for ever',
    'partition 1 2 | 3 from 100 ms until 400 ms',
    'node 2 is slow: each message from and to it waits 3 times as long',
    'node 4 is slow: each message from and to it waits longer: uniform from 0 to 50 ms',
    '10 % of the messages are lost at first, 1.11 in a row in the mean; resends wait 20 ms, twice that and so on, at most 1000 ms in all',
    '25 % of the messages come twice',
    'each link is clogged 25 % of the time, for 50 ms in the mean and at most 500 ms',
  ]);
});

test('bursts make more losses, and longer rows of them', () => {
  const loss = { probability: 0.1, rtoMs: 20, capMs: 1000 };
  expect(linksInWords({ loss: { ...loss, burst: 0.6 } })[0]).toMatch(
    /^20 % of the messages are lost at first, 2\.5 in a row/,
  );
  expect(linksInWords({ loss: { ...loss, burst: 1 } })[0]).toMatch(
    /^100 % of .* at first; resends/,
  );
  expect(linksInWords({ loss: { ...loss, probability: 0 } })[0]).toMatch(/^0 % of the messages/);
});

test('and to processes; nothing is said of what is not there', () => {
  const faults = {
    kills: [{ node: 3, atMs: 400 }],
    pauses: [{ node: 2, fromMs: 60, untilMs: 400 }],
  };
  expect(processesInWords(faults)).toEqual([
    'node 3 is killed at 400 ms (scripted)',
    'node 2 is paused from 60 ms until 400 ms',
  ]);
  expect([...linksInWords({}), ...processesInWords({})]).toEqual([]);
});
