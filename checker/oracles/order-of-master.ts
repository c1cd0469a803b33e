/** The order of the master's file; part of O29. */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { MasterEvent } from '../../record/events.ts';
import type { Case } from '../case.ts';
import { nodesInWords } from '../in-words.ts';
import { breach } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';

interface MasterSoFar {
  readonly registered: Set<NodeId>;
  readonly ready: Set<NodeId>;
  readonly seen: Set<MasterEvent['kind']>;
}

export function checkMaster(notes: Notes, of: Case): void {
  const { master } = of.record;
  const soFar: MasterSoFar = { registered: new Set(), ready: new Set(), seen: new Set() };
  master.events.forEach((event, index) => {
    const problem = strangerProblem(of, event) ?? placeProblem(of, soFar, event);
    soFar.seen.add(event.kind);
    if (problem === null) return;
    const at = placeOf(master, index);
    breach(notes, `${at}: ${problem}`, { at });
  });
}

/** Whoever was turned away may have claimed any id. */
function strangerProblem({ observation }: Case, event: MasterEvent): string | null {
  if (event.kind === 'refused') return null;
  const n = observation.ids.length;
  const ids = [
    'node' in event ? event.node : 1,
    'from' in event ? event.from : 1,
    'to' in event ? event.to : 1,
  ];
  const stranger = ids.find((id) => id < 1 || id > n);
  return stranger === undefined ? null : `there is no node ${stranger}`;
}

function placeProblem(of: Case, soFar: MasterSoFar, event: MasterEvent): string | null {
  const { kind } = event;
  switch (kind) {
    case 'registered':
    case 'ready':
      return joinProblem(soFar, kind, event.node);
    case 'start':
    case 'finish':
    case 'statistics':
      return onceProblem(of, soFar, kind);
    case 'link': {
      const { reporter, from, to } = event;
      const isEnd = reporter === from || reporter === to;
      return isEnd ? null : `node ${reporter} speaks of the link from node ${from} to node ${to}`;
    }
    case 'report':
    case 'decide':
    case 'output':
    case 'pause':
    case 'resume':
    case 'kill':
    case 'hold':
    case 'release':
      return runProblem(of, soFar, kind);
    case 'fail':
    case 'death':
    case 'refused':
      return null;
  }
}

/** A node that leaves while others are awaited may come again. */
function joinProblem(
  { registered, ready, seen }: MasterSoFar,
  kind: 'registered' | 'ready',
  node: NodeId,
): string | null {
  const isLate = seen.has('start') || (kind === 'registered' && ready.size > 0);
  if (isLate) return `${kind}, node ${node}, came too late`;
  if (kind === 'registered') {
    registered.add(node);
    return null;
  }
  const isAgain = ready.has(node);
  ready.add(node);
  if (isAgain) return `node ${node} is ready again`;
  return registered.has(node) ? null : `node ${node} is ready, but never registered`;
}

function onceProblem(
  { record, observation }: Case,
  { ready, seen }: MasterSoFar,
  kind: 'start' | 'finish' | 'statistics',
): string | null {
  if (seen.has(kind)) return `a second ${kind}`;
  if (kind === 'finish' && seen.has('statistics')) return 'the end comes after the counters';
  // In virtual time nobody has to join.
  if (kind !== 'start' || record.master.header?.process !== 'master') return null;
  const missing = observation.ids.filter((id) => !ready.has(id));
  return missing.length > 0 ? `the start came before ${nodesInWords(missing)} was ready` : null;
}

/** What only a run that has started can have; under `stop frozen` nobody outputs before the word. */
function runProblem(
  { record: { config } }: Case,
  { seen }: MasterSoFar,
  kind: MasterEvent['kind'],
): string | null {
  if (!seen.has('start')) return `${kind} before the start`;
  if (kind === 'decide' && seen.has('finish')) return 'a decision after the end';
  const isUnasked = kind === 'output' && config?.stop === 'frozen' && !seen.has('decide');
  return isUnasked ? 'an output before the decision' : null;
}
