/**
 * Looks for a violation, smallest settings first: fewest nodes, then rounds, then crashes. So the first
 * one that is found is nearly the smallest; shrinking does the rest.
 */
import { isResilient } from '../../agreement/resilience.ts';
import { chanceOf } from './chance.ts';
import { explore } from './explore.ts';
import { everyCrash, everyInput } from './few-nodes.ts';
import type { Violation } from './judge.ts';
import { worstRoundSchedule } from './lock-step.ts';
import { play } from './play.ts';
import type { Played } from './play.ts';
import type { Schedule, Target } from './schedule.ts';
import { playToEnd, shrink } from './shrink.ts';
import { drawCrashes, drawInputs, walk } from './walk.ts';

/** What one attempt is about. */
export interface Setting {
  readonly n: number;
  readonly f: number;
  readonly rounds: number;
  readonly crashes: number;
}

export interface HuntRequest {
  readonly target: Target;
  /** The largest n and f to try. */
  readonly n: number;
  readonly f: number;
  readonly rounds: number;
  readonly seed: number;
  /** Asked between attempts: whether there is time for another. */
  readonly mayGoOn: () => boolean;
  readonly onSetting?: (setting: Setting) => void;
}

export interface Counterexample {
  readonly schedule: Schedule;
  readonly violation: Violation;
  readonly played: readonly Played[];
}

export interface Hunt {
  readonly found: Counterexample | null;
  /** Settings in which every order of deliveries was tried. */
  readonly exhausted: readonly Setting[];
  readonly states: number;
  readonly walks: number;
}

/** All orders are tried for this many nodes; beyond it random ones. */
const EXPLORED_NODES_MAX = 3;
/** States and random schedules per setting in the first pass; four times as many in each later one. */
const STATES = 4000;
const WALKS = 50;
const PASSES_MAX = 6;

interface Tally {
  readonly exhausted: Setting[];
  states: number;
  walks: number;
}

export function hunt(request: HuntRequest): Hunt {
  const tally: Tally = { exhausted: [], states: 0, walks: 0 };
  const found = firstViolation(request, tally);
  return { found: found === null ? null : smallest(request, found), ...tally };
}

type Wrong = Pick<Counterexample, 'schedule' | 'violation'>;

function firstViolation(request: HuntRequest, tally: Tally): Wrong | null {
  const settings = settingsOf(request);
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    for (const setting of settings) {
      if (!request.mayGoOn()) return null;
      request.onSetting?.(setting);
      const found =
        (pass === 0 ? inLockStep(request, setting) : null) ??
        inAnyOrder(request, setting, pass, tally) ??
        atRandom(request, setting, pass, tally);
      if (found !== null) return found;
    }
  }
  return null;
}

/** Fewest nodes, then rounds, then crashes. One f for each n: f = 0 only where f is 0. */
function settingsOf({ target, n, f, rounds }: HuntRequest): Setting[] {
  const sizes = upTo(1, n).flatMap((nodes) =>
    upTo(Math.min(1, f), f)
      .filter((faults) => isResilient(target.algorithm.resilience, nodes, faults))
      .map((faults) => ({ n: nodes, f: faults })),
  );
  // A config that says `unsound yes` is attacked as it is.
  const asked = sizes.some((size) => size.n === n && size.f === f) ? sizes : [...sizes, { n, f }];
  return asked.flatMap((size) =>
    upTo(1, rounds).flatMap((round) =>
      upTo(0, size.f).map((crashes) => ({ ...size, rounds: round, crashes })),
    ),
  );
}

const upTo = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

function inLockStep({ target, seed }: HuntRequest, setting: Setting): Wrong | null {
  if (setting.rounds > 1 || setting.crashes > 0) return null;
  const schedule = worstRoundSchedule(target.algorithm, setting.n, setting.f, chanceOf(seed, 0));
  if (schedule === null) return null;
  const { violation } = play(target, schedule);
  return violation === null ? null : { schedule, violation };
}

function inAnyOrder(
  request: HuntRequest,
  setting: Setting,
  pass: number,
  tally: Tally,
): Wrong | null {
  const { n, f, rounds, crashes } = setting;
  if (n > EXPLORED_NODES_MAX || tally.exhausted.includes(setting)) return null;
  let left = STATES * 4 ** pass;
  for (const inputs of everyInput(n)) {
    for (const points of everyCrash(n, rounds, crashes)) {
      const start = { f, inputs, rounds, crashes: points };
      const seen = explore(request.target, start, (states) => states <= left && request.mayGoOn());
      tally.states += seen.states;
      left -= seen.states;
      if (seen.found !== null) return seen.found;
      if (!seen.isComplete) return null;
    }
  }
  tally.exhausted.push(setting);
  return null;
}

function atRandom(
  { target, seed, mayGoOn }: HuntRequest,
  setting: Setting,
  pass: number,
  tally: Tally,
): Wrong | null {
  const { n, f, rounds, crashes } = setting;
  if (tally.exhausted.includes(setting)) return null;
  const count = WALKS * 4 ** pass;
  for (let index = 0; index < count && mayGoOn(); index += 1) {
    // Each walk of each setting has draws of its own.
    const number = [n, f, rounds, crashes, pass].reduce((key, part) => key * 32 + part, index);
    const chance = chanceOf(seed, number);
    const inputs = drawInputs(n, chance);
    const start = { f, inputs, rounds, crashes: drawCrashes(n, rounds, crashes, chance) };
    const { schedule, violation } = walk(target, start, chance);
    tally.walks += 1;
    if (violation !== null) return { schedule, violation };
  }
  return null;
}

function smallest({ target }: HuntRequest, { schedule, violation }: Wrong): Counterexample {
  const shrunk = shrink(target, schedule, violation);
  const outcome = playToEnd(target, shrunk, violation);
  const deliveries = outcome.played.map(({ from, to }) => ({ from, to }));
  return {
    schedule: { ...shrunk, deliveries },
    violation: outcome.violation ?? violation,
    played: outcome.played,
  };
}
