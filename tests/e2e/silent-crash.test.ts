import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import type { PlannedCrash } from '../../faults/fault-plan.ts';
import {
  configOf,
  masterEvents,
  nodeEvents,
  openScratch,
  planOf,
  resultOf,
} from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const AT_ONCE = 2;
const N = 5;

let scratches: Scratch[];

beforeEach(() => {
  scratches = [];
});

afterEach(async () => {
  await Promise.all(scratches.map((scratch) => scratch.clear()));
});

/** Early crashes in a run of many rounds: what has arrived has been read long before the end. */
const lines = [
  'f 2',
  'epsilon 1e-9',
  'crash 0.3',
  'crash-mode silent',
  'delay 0 5',
  ...Array.from({ length: N }, (_, i) => `node ${i + 1} ${i / 4} 127.0.0.1 0`),
];

async function play(seed: number): Promise<string> {
  const scratch = openScratch();
  scratches.push(scratch);
  const { code, stdout, stderr } = await scratch.cluster([
    scratch.config(lines),
    ...['--seed', String(seed)],
  ]);
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
  return scratch.run()!;
}

/** Rounds of which `receiver` has a message of `sender`, handed over or still waiting. */
const roundsFrom = (run: string, receiver: NodeId, sender: NodeId): Round[] =>
  nodeEvents(run, receiver)
    .flatMap((event) =>
      (event.kind === 'receive' || event.kind === 'pending') && event.from === sender
        ? [event.round]
        : [],
    )
    .sort((a, b) => a - b);

const upTo = (round: Round): Round[] => Array.from({ length: round }, (_, r) => r);

/** All earlier rounds, and the last one exactly at those that the plan let it reach. */
function expectPrefix(run: string, { node, round, reached }: PlannedCrash, living: NodeId[]): void {
  for (const receiver of living) {
    const expected = reached.includes(receiver) ? upTo(round + 1) : upTo(round);
    const rounds = roundsFrom(run, receiver, node);
    expect({ node, receiver, rounds }).toEqual({ node, receiver, rounds: expected });
  }
}

test('a node that is killed in mid-multicast is heard of by exactly those that the plan says', async () => {
  const waiting = [...SEEDS];
  const runs: string[] = [];
  const worker = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      runs.push(await play(seed));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const fired: PlannedCrash[] = [];
  for (const run of runs) {
    const { crashes } = planOf(run);
    const happened = crashes.filter(({ node }) => nodeEvents(run, node).at(-1)?.kind === 'crash');
    const living = configOf(run)
      .nodes.map(({ id }) => id)
      .filter((id) => happened.every(({ node }) => node !== id));
    for (const crash of happened) expectPrefix(run, crash, living);
    fired.push(...happened);
    const deaths = masterEvents(run).filter(({ kind }) => kind === 'death');
    expect(deaths).toHaveLength(happened.length);
    expect(resultOf(run).ledger.filter(({ status }) => status === 'missed')).toEqual([]);
  }
  // Some reached nobody, some a part of the others: the multicast was cut at different places.
  const reached = new Set(fired.map((crash) => crash.reached.length));
  expect(fired.length).toBeGreaterThanOrEqual(SEEDS.length);
  expect(reached.size).toBeGreaterThanOrEqual(3);
}, 120_000);
