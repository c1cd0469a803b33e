/** What the operating system says of processes and their connections. Linux: /proc and ss. */
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Everything that still runs in a process group: a launcher and its children. */
export const membersOf = (group: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const stat = statOf(pid);
      return stat !== null && stat.group === group && !['Z', 'X'].includes(stat.state);
    });

export const isStopped = (pid: number): boolean => statOf(pid)?.state === 'T';

function statOf(pid: number): { readonly state: string; readonly group: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, group: Number(group) };
  } catch {
    return null;
  }
}

/** False when there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Can connections of other processes be reset here? */
export async function canReset(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    // Nobody has this port for a source; a kernel that cannot do it says so all the same.
    const { stderr } = await run('ss', ['-K', 'sport', '=', ':1', 'and', 'dport', '=', ':1']);
    return !/denied|not supported/i.test(stderr);
  } catch {
    return false;
  }
}

/** Where process `pid` listens; null: nowhere. */
export async function listeningPort(pid: number): Promise<number | null> {
  const { stdout } = await run('ss', ['-tlnpH']);
  const line = stdout.split('\n').find((text) => text.includes(`pid=${pid},`));
  const port = /:(\d+)\s/.exec(line ?? '')?.[1];
  return port === undefined ? null : Number(port);
}

/**
 * Resets the connection that process `pid` has dialled to `port` on this machine. False: there is none
 * any more.
 */
export async function resetConnection(pid: number, port: number): Promise<boolean> {
  const { stdout } = await run('ss', ['-tnpH', 'state', 'established', 'dport', '=', `:${port}`]);
  const line = stdout.split('\n').find((text) => text.includes(`pid=${pid},`));
  const source = /^\s*\d+\s+\d+\s+\S+:(\d+)\s/.exec(line ?? '')?.[1];
  if (source === undefined) return false;
  await run('ss', ['-K', 'sport', '=', `:${source}`, 'and', 'dport', '=', `:${port}`]);
  return true;
}
