/** The order of one node's file; part of O29. */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { NodeEvent } from '../../record/events.ts';
import type { NodeFile } from '../../record/read-run.ts';
import type { Case } from '../case.ts';
import { isReliable } from '../case.ts';
import { breach } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';

/** The stages of a node's life. Kinds that may come at any time are in none. */
const STAGES: Readonly<Partial<Record<NodeEvent['kind'], number>>> = {
  start: 1,
  receive: 2,
  report: 2,
  multicast: 2,
  stop: 2,
  output: 2,
  crash: 2,
  pending: 3,
  finish: 4,
  statistics: 5,
};
const ONCE: readonly NodeEvent['kind'][] = ['start', 'stop', 'crash', 'finish', 'statistics'];

export function checkNode(notes: Notes, of: Case, node: NodeId, file: NodeFile): void {
  const { n, hasStarted, outcome } = factsOf(of);
  const seen = new Set<NodeEvent['kind']>();
  let stage = 0;
  file.events.forEach((event, index) => {
    const { kind } = event;
    const fail = (what: string): void => {
      const at = placeOf(file, index);
      breach(notes, `${at}: ${what}`, { node, at });
    };
    const next = STAGES[kind] ?? stage;
    if (stage === 0 && next > 1) fail(`${kind} before the start`);
    if (next < stage) fail(`${kind} after the end`);
    if (ONCE.includes(kind) && seen.has(kind)) fail(`a second ${kind}`);
    if (kind === 'start' && !hasStarted) fail('a start without that of the master');
    if (kind === 'finish' && outcome !== null && event.outcome !== outcome) {
      fail(`outcome ${event.outcome}; the master says ${outcome}`);
    }
    const other = 'from' in event ? event.from : kind === 'link' ? event.peer : null;
    if (other !== null && (other === node || other < 1 || other > n))
      fail(`it names node ${other}`);
    seen.add(kind);
    stage = Math.max(stage, next);
  });
}

function factsOf({ observation, record }: Case): {
  readonly n: number;
  readonly hasStarted: boolean;
  readonly outcome: string | null;
} {
  const { master } = record;
  return {
    n: observation.ids.length,
    hasStarted: !isReliable(record, master) || master.events.some(({ kind }) => kind === 'start'),
    outcome: observation.finish?.outcome ?? null,
  };
}
