/** O2 and O11: how fast the values must come together. */
import type { Round } from '../../agreement/algorithm.ts';
import { hullOf } from '../../agreement/properties.ts';
import type { Hull, NodeValue } from '../../agreement/properties.ts';
import type { Ratio } from '../../agreement/ratio.ts';
import { isResilient } from '../../agreement/resilience.ts';
import { ulp } from '../../agreement/worst-case-rounds.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { counted } from '../in-words.ts';
import { lastRoundOf } from '../known-values.ts';
import { breach, conclude, leaveOut, notApplicable, openNotes, unverifiable } from '../notes.ts';
import type { Notes } from '../notes.ts';

const CONTRACTION = { id: 'O2', name: 'contraction' } as const;

/** The spread of a round is at most ρ times that of the round before, dead nodes' values included. */
export function contraction(of: Case): OracleResult {
  const { config } = of.record;
  if (config === null) return unverifiable(CONTRACTION, 'the config is not known');
  const bound = provenBound(of, config);
  if (bound === null)
    return notApplicable(CONTRACTION, 'nothing is proven for this algorithm here');
  const notes = openNotes();
  const hulls = hullsByRound(of);
  let worst = 0;
  let tolerance = 0;
  for (const [round, after] of hulls) {
    const before = hulls.get(round - 1);
    if (before === undefined) continue;
    notes.checked += 1;
    const allowed = roundingOf(before, config);
    tolerance = Math.max(tolerance, allowed);
    const [wide, narrow] = [widthOf(before), widthOf(after)];
    if (wide > 0) worst = Math.max(worst, narrow / wide);
    if (narrow * bound.denominator <= wide * bound.numerator + allowed * bound.denominator)
      continue;
    reportExcess(of, notes, round, bound, before, after);
  }
  const proven = `${bound.numerator}/${bound.denominator}`;
  const said = `${counted(notes.checked, 'round')}: worst ${short(worst)}, proven ${proven}; rounding may add ${short(tolerance)}`;
  return conclude(CONTRACTION, notes, said, { worst, ...bound, tolerance });
}

/** Three digits are enough to read; `numbers` has them all. */
const short = (x: number): number => Number(x.toPrecision(3));

function provenBound({ algorithm }: Case, { nodes, f }: RunConfig): Ratio | null {
  if (algorithm === null || !isResilient(algorithm.resilience, nodes.length, f)) return null;
  return algorithm.contraction(nodes.length, f);
}

function hullsByRound({ observation }: Case): Map<Round, Hull> {
  const values = new Map<Round, NodeValue[]>();
  for (const [node, rounds] of observation.known.byNode) {
    for (const [round, { value, isDisputed }] of rounds) {
      if (isDisputed) continue;
      const here = values.get(round) ?? [];
      values.set(round, here);
      here.push({ node, value });
    }
  }
  const hulls = new Map<Round, Hull>();
  for (const round of [...values.keys()].sort((one, other) => one - other)) {
    const found = hullOf(values.get(round) ?? []);
    if (found !== null) hulls.set(round, found);
  }
  return hulls;
}

const widthOf = ({ low, high }: Hull): number => high.value - low.value;

/**
 * What two updates may err together: half an ulp of the largest value each in the last addition, and
 * one rounding of the spread's size per term before it. A user's own rule may add as it likes, and
 * errs with the size of the values.
 */
function roundingOf(before: Hull, { nodes, f, algorithmHash }: RunConfig): number {
  const { low, high } = before;
  const largest = Math.max(Math.abs(low.value), Math.abs(high.value));
  const terms = 8 * Number.EPSILON * (nodes.length - f);
  return ulp(largest) + terms * (algorithmHash === null ? widthOf(before) : largest);
}

/** A node known only by what it sent may have used values that nobody else has seen. */
function reportExcess(
  { walks }: Case,
  notes: Notes,
  round: Round,
  { numerator, denominator }: Ratio,
  before: Hull,
  after: Hull,
): void {
  const ends = [after.low.node, after.high.node];
  const blind = ends.find(
    (node) => walks.get(node)?.updates.some((update) => update.round === round) !== true,
  );
  if (blind !== undefined) {
    leaveOut(notes, `round ${round}: what node ${blind} had used is not known`);
    return;
  }
  const { low, high } = after;
  const sentence =
    `the spread of round ${round} is ${widthOf(after)} (node ${low.node}: ${low.value}, node ${high.node}: ` +
    `${high.value}), more than ${numerator}/${denominator} of ${widthOf(before)} in round ${round - 1}`;
  breach(notes, sentence, { round, node: high.node });
}

const ROUNDS = { id: 'O11', name: 'rounds used' } as const;

/** No more rounds than the worst schedule can force; nobody goes past the last one. */
export function roundsUsed({ record, observation }: Case): OracleResult {
  const { config } = record;
  if (config === null) return unverifiable(ROUNDS, 'the config is not known');
  const { worstCase, rounds, lastRound, stop } = config;
  const { ids, known, decide, outputs } = observation;
  const notes = openNotes();
  const used = stop === 'frozen' ? (decide?.round ?? null) : outputs.size > 0 ? rounds : null;
  let largest = -1;
  for (const node of ids) {
    const last = lastRoundOf(known, node);
    notes.checked += 1;
    largest = Math.max(largest, last);
    if (last <= lastRound) continue;
    breach(notes, `node ${node} reached round ${last}; the last one is ${lastRound}`, {
      node,
      round: last,
    });
  }
  // One more than the worst case: the proof counts exact numbers, the nodes round.
  if (stop === 'frozen' && used !== null && worstCase !== null && used > worstCase + 1) {
    breach(notes, `round ${used} was decided; the worst schedule needs ${worstCase}`, {
      round: used,
    });
  }
  const proven = worstCase === null ? 'no worst case is proven' : `worst case ${worstCase}`;
  const said = `${used ?? 'none'} used, ${proven}; largest reached ${largest} of at most ${lastRound}`;
  return conclude(ROUNDS, notes, said, {
    ...(used === null ? {} : { used }),
    ...(worstCase === null ? {} : { worstCase }),
    largest,
    lastRound,
  });
}
