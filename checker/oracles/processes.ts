/** What the launcher saw of the OS processes, against what they wrote themselves. */
import type { NodeId } from '../../agreement/algorithm.ts';
import { MASTER } from '../../agreement/algorithm.ts';
import type { LauncherEvent } from '../../record/events.ts';
import type { Case } from '../case.ts';
import { breach } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';

/** docs/exit-codes.md. */
const OUTPUT_CODE = 0;
const CRASH_CODE = 2;

export function checkLauncher(notes: Notes, of: Case): void {
  const { launcher } = of.record;
  const spawned = new Set<NodeId>();
  const exited = new Set<NodeId>();
  for (const [index, event] of launcher.events.entries()) {
    const at = placeOf(launcher, index);
    const fail = (what: string): void => {
      breach(notes, `${what} (${at})`, { at });
    };
    if (event.kind === 'spawned') {
      if (spawned.has(event.node)) fail(`${nameOf(event.node)} was started twice`);
      spawned.add(event.node);
      const pid = pidOf(of, event.node);
      if (pid !== null && pid !== event.pid) {
        fail(`${nameOf(event.node)} was started as process ${event.pid}, and wrote as ${pid}`);
      }
    } else if (event.kind === 'exited') {
      if (!spawned.has(event.node)) fail(`${nameOf(event.node)} ended without having been started`);
      if (exited.has(event.node)) fail(`${nameOf(event.node)} ended twice`);
      exited.add(event.node);
      const problem = exitProblem(of, event);
      if (problem !== null) fail(problem);
    }
  }
}

const nameOf = (node: NodeId): string => (node === MASTER ? 'the master' : `node ${node}`);

const pidOf = ({ record }: Case, node: NodeId): number | null => {
  const file = node === MASTER ? record.master : record.nodes.get(node);
  return file?.header?.pid ?? null;
};

/** Who is killed from outside may end with any signal. */
function exitProblem(
  { observation }: Case,
  { node, code, signal }: Extract<LauncherEvent, { kind: 'exited' }>,
): string | null {
  const { finish, crashes, faulty, outputs } = observation;
  if ((code === null) === (signal === null))
    return `${nameOf(node)} ended with code ${code} and signal ${signal}`;
  const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
  const crash = crashes.get(node);
  if (crash?.mode === 'silent' && signal !== 'SIGKILL') {
    return `node ${node} ended with ${how} instead of killing itself`;
  }
  if (crash?.mode === 'announce' && signal === null && code !== CRASH_CODE) {
    return `node ${node} ended with ${how}; ${CRASH_CODE} is that of a planned crash`;
  }
  if (node !== MASTER && faulty.has(node) && code === OUTPUT_CODE) {
    return `node ${node} ended with ${how} although it had died before; nothing but a finished run gives that`;
  }
  if (finish?.outcome !== 'complete' || signal !== null || code === OUTPUT_CODE) return null;
  const isExpectedToPass = node === MASTER || (!faulty.has(node) && outputs.has(node));
  return isExpectedToPass ? `${nameOf(node)} ended with ${how} after a complete run` : null;
}
