/**
 * Looks for a violation, smallest settings first: fewest nodes, then rounds, then crashes. So the first
 * one that is found is nearly the smallest; shrinking does the rest.
 */
import { isResilient } from '../../agreement/resilience.ts';
import { chanceOf } from './chance.ts';
import { explore } from './explore.ts';
import { everyCrash, everyInput } from './few-nodes.ts';
import type { Violation } from './judge.ts';
import { worstRoundSchedule } from './worst-case.ts';
import { play } from './play.ts';
import type { Outcome } from './play.ts';
import type { ReceiveSets } from './receive-sets.ts';
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
  /** Per setting in the first pass; four times as many in each later one. */
  readonly firstPass?: { readonly states: number; readonly walks: number };
  /** Asked between attempts: whether there is time for another. */
  readonly mayGoOn: () => boolean;
  readonly onSetting?: (setting: Setting, tried: { states: number; walks: number }) => void;
}

export interface Counterexample {
  /** With the deliveries that took place. */
  readonly schedule: Schedule;
  readonly violation: Violation;
  readonly outcome: Outcome;
  /** Where it is one of receive sets, these; else null. */
  readonly sets: ReceiveSets | null;
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
const FIRST_PASS = { states: 4000, walks: 50 };
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
      request.onSetting?.(setting, tally);
      const found =
        (pass === 0 ? inLockStep(request, setting) : null) ??
        inAnyOrder(request, setting, pass, tally) ??
        atRandom(request, setting, pass, tally);
      if (found !== null) return found;
    }
  }
  return null;
}

/** Counterexamples of more nodes than this are tried at the size of the config only. */
const SMALL_NODES_MAX = 7;

/**
 * Fewest nodes, then rounds, then crashes. f is at least 1 unless the config's is 0: where nobody may
 * fail, every node hears everybody, and that is another problem.
 */
function settingsOf({ target, n, f, rounds }: HuntRequest): Setting[] {
  const { resilience } = target.algorithm;
  const small = upTo(1, Math.min(n, SMALL_NODES_MAX)).flatMap((nodes) =>
    upTo(Math.min(1, f), f)
      .filter((faults) => isResilient(resilience, nodes, faults))
      .map((faults) => ({ n: nodes, f: faults })),
  );
  const isIn = small.some((size) => size.n === n && size.f === f);
  // A config that says `unsound yes` is attacked as it is: smaller ones that are sound say nothing.
  const before = isResilient(resilience, n, f) ? small : [];
  return (isIn ? small : [...before, { n, f }]).flatMap((size) =>
    upTo(1, rounds).flatMap((round) =>
      crashCounts(size.f).map((crashes) => ({ ...size, rounds: round, crashes })),
    ),
  );
}

/** None, one, two, all that may. */
const crashCounts = (f: number): number[] => [...upTo(0, Math.min(2, f)), ...(f > 2 ? [f] : [])];

const upTo = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

function inLockStep({ target, seed }: HuntRequest, setting: Setting): Wrong | null {
  const { n, f, rounds, crashes } = setting;
  if (rounds > 1 || crashes > 0) return null;
  const schedule = worstRoundSchedule(target.algorithm, { n, f }, seed);
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
  let left = (request.firstPass ?? FIRST_PASS).states * 4 ** pass;
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
  { target, seed, mayGoOn, firstPass = FIRST_PASS }: HuntRequest,
  setting: Setting,
  pass: number,
  tally: Tally,
): Wrong | null {
  const { n, f, rounds, crashes } = setting;
  if (tally.exhausted.includes(setting)) return null;
  const count = firstPass.walks * 4 ** pass;
  for (let index = 0; index < count && mayGoOn(); index += 1) {
    // Every walk has draws of its own.
    const number = [n, f, rounds, crashes, pass].reduce((key, part) => key * 32 + part, 0);
    const chance = chanceOf(seed, index, number);
    const inputs = drawInputs(n, chance);
    const start = { f, inputs, rounds, crashes: drawCrashes(n, rounds, crashes, chance) };
    const { schedule, violation } = walk(target, start, chance);
    tally.walks += 1;
    if (violation !== null) return { schedule, violation };
  }
  return null;
}

/** Shrunk, and played once more. */
function smallest({ target }: HuntRequest, { schedule, violation }: Wrong): Counterexample {
  const shrunk = shrink(target, schedule, violation);
  const outcome = playToEnd(target, shrunk, violation);
  const deliveries = outcome.played.map(({ from, to }) => ({ from, to }));
  return {
    schedule: { ...shrunk, deliveries },
    violation: outcome.violation ?? violation,
    outcome,
    sets: null,
  };
}
