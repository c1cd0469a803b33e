/**
 * All oracles over one run, in the order of their numbers. The verdict (verdict.ts) and the auditor's
 * table are two renderings of this one list; docs/check.md explains every entry.
 *
 * O14, O15, O17, O18 and O19 of that page compare several runs, or belong to other algorithms.
 */
import type { OracleResult, Properties } from '../record/result.ts';
import type { Case } from './case.ts';
import { actions } from './oracles/actions.ts';
import { channels, oneValue } from './oracles/channels.ts';
import { contraction, roundsUsed } from './oracles/contraction.ts';
import { messageCounts } from './oracles/counts.ts';
import { delays } from './oracles/delays.ts';
import { faults, plannedCrashes, scriptedLinks } from './oracles/faults.ts';
import { equalInputs, hull, legalNumbers } from './oracles/hull.ts';
import { orderOfRecord } from './oracles/order.ts';
import { decision, liveness, outputs, resilience } from './oracles/outputs.ts';
import { configAndPlan } from './oracles/plan.ts';
import { intersections, quorums, sameQuorums } from './oracles/quorums.ts';
import { recomputed, replay } from './oracles/recomputed.ts';
import { virtualTime } from './oracles/virtual-time.ts';

export function audit(of: Case, properties: Properties): OracleResult[] {
  return [
    hull(of, properties),
    contraction(of),
    ...recomputed(of),
    replay(of),
    quorums(of),
    intersections(of),
    oneValue(of),
    channels(of),
    faults(of, properties),
    outputs(of, properties),
    roundsUsed(of),
    sameQuorums(of),
    equalInputs(of),
    liveness(of, properties),
    legalNumbers(of),
    messageCounts(of),
    resilience(of),
    configAndPlan(of),
    plannedCrashes(of),
    delays(of),
    scriptedLinks(of),
    decision(of),
    orderOfRecord(of),
    virtualTime(of),
    actions(of),
  ].sort((one, other) => numberOf(one) - numberOf(other));
}

const numberOf = ({ id }: OracleResult): number => Number(id.slice(1));
