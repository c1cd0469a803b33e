/**
 * What can be said of a run before it: from the theory (bounds), from chance (crashes), from the plan
 * (this seed), and from runs in virtual time (what to expect). The last are handed in: this room does not
 * simulate.
 */
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import { quorum } from '../../agreement/resilience.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import { maxDelayMs } from '../../faults/delay.ts';
import type { FaultPlan, PlannedCrash } from '../../faults/fault-plan.ts';
import { chancePerDraw } from '../../faults/plan.ts';
import type { Verdict } from '../../record/result.ts';
import { delayInWords } from '../delay-words.ts';
import { linksInWords, processesInWords } from '../link-words.ts';
import { atLeast, deathInRound, deathWithin } from './crash-odds.ts';

/** Least, median, 95 % and largest of what occurred. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** Runs of the same config with other seeds, in virtual time. */
export interface Sample {
  readonly firstSeed: number;
  readonly runs: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly rounds: Spread | null;
  readonly messages: Spread | null;
  readonly durationMs: Spread | null;
}

/** The config's own seed in virtual time. */
export interface Rehearsal {
  readonly verdict: Verdict;
  readonly round: Round | null;
  readonly messages: number;
  readonly durationMs: number;
  readonly crashed: readonly NodeId[];
}

export interface ForecastRequest {
  readonly config: RunConfig;
  readonly plan: FaultPlan;
  /** Proven worst case per round; null: nothing is proven. */
  readonly contraction: number | null;
  /** Of one value on the wire, in bytes. */
  readonly frameBytes: number;
  /** Null: not asked for. */
  readonly sample: Sample | null;
  readonly rehearsal: Rehearsal | null;
}

export interface Forecast {
  readonly version: 1;
  readonly config: {
    readonly name: string;
    readonly algorithm: string;
    readonly n: number;
    readonly f: number;
    readonly epsilon: number;
    readonly seed: number;
    /** Values awaited in a round, the own one included. */
    readonly quorum: number;
  };
  readonly rounds: {
    readonly inputSpread: number;
    readonly contraction: number | null;
    readonly worstCase: Round | null;
    /** R: nobody may need more. */
    readonly limit: Round;
  };
  readonly messages: {
    /** Values between nodes if nobody has crashed. */
    readonly perRound: number;
    readonly reportsPerRound: number;
    readonly bytesEach: number;
    /** If every node multicasts in every round up to R + 1. */
    readonly worstCase: number;
  };
  readonly crashes: {
    readonly per: RunConfig['faults']['crash']['per'];
    readonly perDraw: number;
    readonly perRound: number;
    /** 1 / perRound; null: nobody dies by chance. */
    readonly meanRoundsToDeath: number | null;
    readonly odds: readonly CrashOdds[];
  };
  readonly delays: {
    readonly words: string;
    readonly largestMs: number;
    readonly holds: number;
    /** What else happens to links, a sentence each. */
    readonly links: readonly string[];
  };
  readonly plan: {
    readonly crashes: readonly PlannedDeath[];
    /** Drawn, but over the budget of f. */
    readonly skipped: readonly PlannedDeath[];
    /** What is done to OS processes by the clock, a sentence each. */
    readonly script: readonly string[];
  };
  readonly sample: Sample | null;
  readonly rehearsal: Rehearsal | null;
}

/** Up to and with the multicast of this round. */
export interface CrashOdds {
  readonly round: Round;
  readonly why: 'expected' | 'worst case';
  /** That a given candidate's draw says so. */
  readonly aNode: number;
  /** That the budget of f is used up. */
  readonly allF: number;
}

export interface PlannedDeath extends PlannedCrash {
  /** Of how many sends of that round. */
  readonly sends: number;
  /** Whether it came to it in virtual time; null: not tried. */
  readonly isReached: boolean | null;
}

export function forecastOf(request: ForecastRequest): Forecast {
  const { config, plan, contraction, frameBytes, sample, rehearsal } = request;
  const { name, algorithm, nodes, f, epsilon, seed, worstCase, rounds, lastRound, faults } = config;
  const n = nodes.length;
  const inputs = nodes.map(({ input }) => input);
  const copies = n * (n - 1);
  return {
    version: 1,
    config: { name, algorithm, n, f, epsilon, seed, quorum: quorum(n, f) },
    rounds: {
      inputSpread: Math.max(...inputs) - Math.min(...inputs),
      contraction,
      worstCase,
      limit: rounds,
    },
    messages: {
      perRound: copies,
      reportsPerRound: n,
      bytesEach: frameBytes,
      worstCase: copies * (lastRound + 1),
    },
    crashes: crashForecast(config, plan, sample),
    delays: {
      words: delayInWords(faults),
      largestMs: maxDelayMs(faults.delay),
      holds: plan.holds.length,
      links: linksInWords(faults),
    },
    plan: {
      crashes: plan.crashes.map((crash) => deathOf(crash, n, rehearsal)),
      skipped: plan.skipped.map((crash) => ({ ...crash, sends: n - 1, isReached: false })),
      script: processesInWords(faults),
    },
    sample,
    rehearsal,
  };
}

const deathOf = (crash: PlannedCrash, n: number, rehearsal: Rehearsal | null): PlannedDeath => ({
  ...crash,
  sends: n - 1,
  isReached: rehearsal === null ? null : rehearsal.crashed.includes(crash.node),
});

function crashForecast(
  { nodes, f, worstCase, rounds, faults }: RunConfig,
  plan: FaultPlan,
  sample: Sample | null,
): Forecast['crashes'] {
  const n = nodes.length;
  const { crash, candidates, scriptedCrashes, kills = [] } = faults;
  const scripted = new Set([...scriptedCrashes, ...kills].map(({ node }) => node));
  const drawn = new Set(candidates.filter((node) => !scripted.has(node))).size;
  const perRound = deathInRound(crash, n);
  const odds = (round: Round, why: CrashOdds['why']): CrashOdds => {
    const aNode = deathWithin(perRound, round + 1);
    return { round, why, aNode, allF: f === 0 ? 1 : atLeast(f - scripted.size, drawn, aNode) };
  };
  const expected = sample?.rounds?.median ?? null;
  return {
    per: crash.per,
    perDraw: chancePerDraw(crash, n),
    perRound,
    meanRoundsToDeath: perRound > 0 ? 1 / perRound : null,
    odds: [
      ...(expected === null ? [] : [odds(expected, 'expected')]),
      odds(worstCase ?? rounds, 'worst case'),
    ],
  };
}
