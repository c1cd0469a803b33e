import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NodeId } from '../../agreement/algorithm.ts';
import { childPid, configOf, masterEvents, openScratch, sample } from '../fixtures/launched.ts';
import type { Finished, Launched, Scratch } from '../fixtures/launched.ts';
import { membersOf, signal } from '../fixtures/os-process.ts';
import { spawned, underWay } from '../fixtures/under-way.ts';
import { pause, until } from '../fixtures/until.ts';

/** Seeds the moments and the victims; another number is another test. */
const SEED = 2026;
const TRIALS = 15;
const AT_ONCE = 2;

type Victim = 'launcher' | 'master' | readonly NodeId[];

interface Trial {
  readonly victim: Victim;
  readonly phase: 'launching' | 'starting' | 'running';
  /** Milliseconds into the phase. */
  readonly afterMs: number;
  readonly seed: number;
}

const trials = fc.sample(
  fc.record({
    victim: fc.oneof<fc.Arbitrary<Victim>[]>(
      fc.constant('launcher'),
      fc.constant('master'),
      fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 1, maxLength: 3 }),
    ),
    phase: fc.constantFrom<Trial['phase'][]>('launching', 'starting', 'running'),
    afterMs: fc.nat(250),
    seed: fc.nat(1_000_000),
  }),
  { numRuns: TRIALS, seed: SEED },
);

let scratches: Scratch[];

beforeEach(() => {
  scratches = [];
});

afterEach(async () => {
  await Promise.all(scratches.map((scratch) => scratch.clear()));
});

async function moment(scratch: Scratch, launched: Launched, { phase, afterMs }: Trial) {
  if (phase === 'starting') await spawned(scratch, launched, 3);
  if (phase === 'running') await underWay(scratch, launched);
  await pause(afterMs);
}

/** Returns how many processes there were to kill. */
function kill(scratch: Scratch, launched: Launched, victim: Victim): number {
  if (victim === 'launcher') signal(launched.pid, 'SIGKILL');
  if (victim === 'launcher') return 1;
  const run = scratch.run();
  const ids = victim === 'master' ? [0] : victim;
  const pids = run === null ? [] : ids.map((id) => childPid(run, id));
  const there = pids.filter((pid) => pid !== undefined && membersOf(launched.pid).includes(pid));
  for (const pid of there) signal(pid!, 'SIGKILL');
  return there.length;
}

interface Told extends Finished {
  readonly trial: Trial;
  readonly killed: number;
  readonly run: string | null;
}

async function play(trial: Trial): Promise<Told> {
  const scratch = openScratch();
  scratches.push(scratch);
  const launched = scratch.launch([
    ...['cluster', sample('5nodes'), '--folder', scratch.runs, '--seed', String(trial.seed)],
    ...['--crash', '0.1', '--crash-mode', 'silent', '--delay', '0 60'],
  ]);
  await moment(scratch, launched, trial);
  const killed = kill(scratch, launched, trial.victim);
  const ended = await launched.ended;
  await until(() => membersOf(launched.pid).length === 0, 'the end of all processes', 60_000);
  return { ...ended, trial, killed, run: scratch.run() };
}

/** What the verdict says is checked again here, by hand. */
function expectSound({ run, code }: Told): void {
  expect(code).not.toBe(1);
  if (code !== 0 || run === null) return;
  const { nodes, epsilon, f } = configOf(run);
  const inputs = nodes.map(({ input }) => input);
  const all = masterEvents(run);
  // Who dies after the finish has done its part.
  const events = all.slice(
    0,
    all.findIndex(({ kind }) => kind === 'finish'),
  );
  const outputs = events.flatMap((event) => (event.kind === 'output' ? [event.value] : []));
  const deaths = events.filter(({ kind }) => kind === 'death').length;
  expect(deaths).toBeLessThanOrEqual(f);
  expect(outputs.length).toBeGreaterThanOrEqual(nodes.length - deaths);
  expect(Math.max(...outputs) - Math.min(...outputs)).toBeLessThanOrEqual(epsilon);
  expect(Math.min(...outputs)).toBeGreaterThanOrEqual(Math.min(...inputs));
  expect(Math.max(...outputs)).toBeLessThanOrEqual(Math.max(...inputs));
}

/** A run that was over before the kill ends as it would have; otherwise these are the codes. */
function expectFittingCode({ trial, killed, code, signal: by, run }: Told): void {
  const isOver = run !== null && masterEvents(run).some(({ kind }) => kind === 'finish');
  if (trial.victim === 'launcher') {
    if (!isOver) expect(by).toBe('SIGKILL');
    return;
  }
  if (killed === 0 || isOver) expect([0, 2, 255]).toContain(code);
  else expect(code).toBe(trial.victim === 'master' ? 255 : 2);
  if (trial.victim !== 'master') expect(code).not.toBe(255);
}

test('kill -9 of anybody at any moment: no hang, no orphan, no false verdict', async () => {
  const waiting = [...trials];
  const told: Told[] = [];
  const worker = async (): Promise<void> => {
    for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
      told.push(await play(trial));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const one of told) {
    expectSound(one);
    expectFittingCode(one);
  }
  // The moments were what they should be: some were killed, in all phases, and some runs passed.
  const killed = told.filter((one) => one.killed > 0);
  expect(new Set(killed.map(({ trial }) => trial.phase)).size).toBe(3);
  expect(new Set(killed.map(({ trial }) => typeof trial.victim)).size).toBe(2);
  expect(told.some(({ code }) => code === 0)).toBe(true);
}, 300_000);
