/** What somebody did to a run by hand can be done again by a line of a config. */
import { expect, test } from '@jest/globals';
import { deedsOf, lineOf } from '../../../checker/actions.ts';
import type { MasterEvent } from '../../../record/events.ts';
import { parseWith } from '../configs/config.fixture.ts';

const START_US = 1_000_000;
const by = { origin: 'live' } as const;
const at = (ms: number): { readonly t: number } => ({ t: START_US + ms * 1000 });

test('each deed is a line that the grammar reads as the same deed', () => {
  const events: MasterEvent[] = [
    { kind: 'start', ...at(0) },
    { kind: 'pause', ...at(200), node: 3, ...by },
    { kind: 'hold', ...at(210), from: 4, to: 1, ...by },
    { kind: 'release', ...at(300), from: 4, to: 1, ...by },
    { kind: 'resume', ...at(500), node: 3, ...by },
    { kind: 'kill', ...at(600), node: 2, ...by },
    { kind: 'pause', ...at(700), node: 5, ...by },
    { kind: 'hold', ...at(800), from: 1, to: 5, ...by },
  ];
  const lines = deedsOf(events).map((deed) => lineOf(deed, START_US).join(' '));
  expect(lines).toEqual([
    'pause 3 from 200 until 500',
    'hold 4 1 from 210 until 300',
    'kill 2 at 600',
    'pause 5 from 700 until never',
    'hold 1 5 from 800 until never',
  ]);
  expect(parseWith(lines.join('\n')).faults).toMatchObject({
    kills: [{ node: 2, atMs: 600 }],
    pauses: [
      { node: 3, fromMs: 200, untilMs: 500 },
      { node: 5, fromMs: 700, untilMs: null },
    ],
    timedHolds: [
      { from: 1, to: 5, fromMs: 800, untilMs: null },
      { from: 4, to: 1, fromMs: 210, untilMs: 300 },
    ],
  });
});
