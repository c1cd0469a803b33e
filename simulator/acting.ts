/** Kills and pauses of the config in virtual time: what the master does to OS processes in a cluster. */
import type { ScriptedAction } from '../faults/script.ts';
import { arriveAt, seeDeath, startNode, stopNode } from './node-events.ts';
import { queueControl } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import { deadlineUs, onDeadline } from './virtual-master.ts';
import type { Missed, VirtualNode } from './virtual-node.ts';

/**
 * The next action, if nothing happens before it. It comes before all else of its microsecond. Returns
 * whether it was its turn.
 */
export function maybeAct(simulation: Simulation): boolean {
  const { script, flights, nextControl, endControl, nowUs, master } = simulation;
  const next = script?.[0];
  if (next === undefined) return false;
  const isControlDue = nextControl < endControl;
  const otherUs = isControlDue ? nowUs : flights.size > 0 ? (flights.dueUs[0] as number) : Infinity;
  if (next.atUs > otherUs) return false;
  if (next.atUs > deadlineUs(master)) {
    onDeadline(master);
    return true;
  }
  script?.shift();
  simulation.nowUs = next.atUs;
  const node = simulation.nodes[next.node - 1] as VirtualNode;
  if (!node.isCrashed) perform(simulation, node, next.kind);
  return true;
}

function perform(simulation: Simulation, node: VirtualNode, kind: ScriptedAction['kind']): void {
  const { recording, nowUs: t } = simulation;
  recording?.master({ kind, t, node: node.id, origin: 'scripted' });
  switch (kind) {
    case 'kill':
      node.isCrashed = true;
      node.isKilled = true;
      queueControl(simulation, { kind: 'death', node: node.id });
      return;
    case 'pause':
      node.missed = [];
      return;
    case 'resume':
      catchUp(simulation, node);
  }
}

/** What happened meanwhile happens now, in its order. */
function catchUp(simulation: Simulation, node: VirtualNode): void {
  const missed = node.missed ?? [];
  node.missed = null;
  for (const event of missed) notice(simulation, node, event);
}

function notice(simulation: Simulation, node: VirtualNode, event: Missed): void {
  if (node.isCrashed) return;
  switch (event.kind) {
    case 'start':
      startNode(simulation, node);
      return;
    case 'stop':
      stopNode(simulation, node, event.round);
      return;
    case 'death':
      seeDeath(simulation, node, event.node, event.isAnnounced);
      return;
    case 'receive':
    case 'duplicate': {
      const { kind, from, round, value, arrived, delay } = event;
      arriveAt(simulation, node, kind, from, { round, value }, arrived, delay ?? 0);
    }
  }
}
