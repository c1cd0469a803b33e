/**
 * Acts on a run from outside: stops, continues and kills the OS processes of nodes, holds links back.
 * One place for a person at the live page and for the config's script, under the launcher and by
 * hand. The intention is recorded first: an action that half succeeded is in the record.
 */
import type { NodeId } from '../agreement/algorithm.ts';
import type { ActionOrigin } from '../record/events.ts';
import { processOfNode } from '../record/process-of-node.ts';
import type { Action } from '../runtime/action.ts';
import { isAlive } from './members.ts';
import type { Member } from './members.ts';
import { record, sendTo } from './session.ts';
import type { MasterSession } from './session.ts';

const SIGNALS = { pause: 'SIGSTOP', resume: 'SIGCONT', kill: 'SIGKILL' } as const;

/** Returns why it cannot be done, in one sentence, or null. */
export function act(session: MasterSession, action: Action, origin: ActionOrigin): string | null {
  if (session.stage !== 'running' && session.stage !== 'deciding') {
    return session.stage === 'finished' ? 'the run is over' : 'the run has not begun';
  }
  const problem =
    'node' in action ? actOnNode(session, action, origin) : actOnLink(session, action, origin);
  standStill(session);
  return problem;
}

/** A dead node holds nothing up any more. */
export function forgetActionsOn(session: MasterSession, node: NodeId): void {
  session.paused.delete(node);
  for (const [link, receiver] of session.heldLinks) {
    if (receiver === node) session.heldLinks.delete(link);
  }
  standStill(session);
}

/** For people, who take their time. A script is part of the config, and so of its limits. */
function standStill({ watch, paused, heldLinks }: MasterSession): void {
  const isPausedByHand = [...paused.values()].some(({ origin }) => origin === 'live');
  watch?.stand(isPausedByHand || heldLinks.size > 0);
}

/** A stopped process could neither finish nor leave. */
export function resumeAll(session: MasterSession): void {
  for (const [node, { pid, origin }] of session.paused) {
    record(session, { kind: 'resume', t: session.nowUs(), node, origin });
    signal(pid, 'SIGCONT');
  }
  session.paused.clear();
}

function actOnNode(
  session: MasterSession,
  { kind, node }: Extract<Action, { node: NodeId }>,
  origin: ActionOrigin,
): string | null {
  const member = livingMember(session, node);
  if (typeof member === 'string') return member;
  // What has come over the wire is the word of a member, and names whatever process it likes.
  if (member.recordBytes > 0) return `node ${node} sends its record, so its process is not known`;
  const pid = processOfNode(session.directory, session.run, node);
  if (typeof pid === 'string') return pid;
  const isPaused = session.paused.has(node);
  if (kind === 'pause' && isPaused) return `node ${node} is paused already`;
  if (kind === 'resume' && !isPaused) return `node ${node} is not paused`;
  record(session, { kind, t: session.nowUs(), node, origin });
  session.recorder.flush();
  if (kind === 'pause') session.paused.set(node, { pid, origin });
  else session.paused.delete(node);
  return signal(pid, SIGNALS[kind]) ? null : `node ${node} has just ended`;
}

function actOnLink(
  session: MasterSession,
  { kind, from, to }: Extract<Action, { from: NodeId }>,
  origin: ActionOrigin,
): string | null {
  if (from === to) return 'a node has no link to itself';
  const receiver = livingMember(session, to);
  if (typeof receiver === 'string') return receiver;
  if (!session.members.has(from)) return noSuchNode(session, from);
  const key = `${from} to ${to}`;
  const held = kind === 'hold';
  if (held === session.heldLinks.has(key)) {
    return `the link from node ${from} to node ${to} is ${held ? 'held already' : 'not held'}`;
  }
  record(session, { kind, t: session.nowUs(), from, to, origin });
  session.recorder.flush();
  if (held) session.heldLinks.set(key, to);
  else session.heldLinks.delete(key);
  sendTo(session, [receiver], { kind: 'hold', from, held });
  return null;
}

function livingMember(session: MasterSession, node: NodeId): Member | string {
  const member = session.members.get(node);
  if (member === undefined) return noSuchNode(session, node);
  return isAlive(member) ? member : `node ${node} is dead`;
}

function noSuchNode({ members }: MasterSession, node: NodeId): string {
  return `there is no node ${node}; ids are 1 to ${members.size}`;
}

/** Whether there was a process to take it. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
