/** Has every process of a run enough file descriptors? Said before the start, not by a run that fails. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { OperatingError } from '../runtime/operating-error.ts';

/** Record, standard streams, the line to the launcher, the event loop, and a few strangers. */
const OWN = 40;
/** One connection in, one out. */
const PER_PEER = 2;

export const descriptorsFor = (n: number): number => PER_PEER * n + OWN;

/** Throws OperatingError: a process of n nodes needs more than it may have. */
export function refuseTooFewDescriptors(n: number, limit = hardLimit()): void {
  const needed = descriptorsFor(n);
  if (needed <= limit) return;
  const most = Math.max(0, Math.floor((limit - OWN) / PER_PEER));
  throw new OperatingError(
    'run-failed',
    `each process of ${n} nodes needs ${needed} file descriptors, ${PER_PEER} for each node and ${OWN} of its own, and here it may have ${limit}. Raise the limit (ulimit -Hn ${needed}, as root or in limits.conf), or run at most ${most} nodes.`,
  );
}

/** Node.js raises its limit to the hard one by itself, and children inherit it. */
function hardLimit(): number {
  const text = process.platform === 'linux' ? limitByProc() : limitByShell();
  const limit = Number(text);
  // "unlimited", or a system that does not tell.
  return Number.isSafeInteger(limit) && limit > 0 ? limit : Infinity;
}

const limitByProc = (): string | undefined =>
  /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];

function limitByShell(): string {
  try {
    return execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
