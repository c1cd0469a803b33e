/**
 * The two ways a planned crash ends an OS process. In both, everything sent before the crash point
 * has been accepted by the kernel first: that is what "handed over" means, and TCP on one machine
 * then delivers it although the process is gone.
 */
import type { NodeId } from '../agreement/algorithm.ts';
import type { Outbound } from '../runtime/outbound.ts';
import { flushMesh } from './mesh.ts';
import type { Mesh } from './mesh.ts';

/** Killed on the spot: no goodbye, no clean-up, no exit handler runs. */
export async function dieSilently(
  mesh: Mesh,
  toMaster: Outbound,
  reached: readonly NodeId[],
): Promise<void> {
  await Promise.all([flushMesh(mesh, reached), toMaster.flushed()]);
  process.kill(process.pid, 'SIGKILL');
}

/** Says goodbye to every peer and to the master, as the original did. The caller then exits. */
export async function sayGoodbye(
  mesh: Mesh,
  toMaster: Outbound,
  peers: readonly NodeId[],
): Promise<void> {
  const goodbye = {
    kind: 'message',
    from: mesh.id,
    value: null,
    round: null,
    output: false,
    fail: true,
  } as const;
  for (const peer of peers) mesh.outbound.get(peer)?.send(goodbye);
  toMaster.send(goodbye);
  await Promise.all([flushMesh(mesh, peers), toMaster.flushed()]);
}
