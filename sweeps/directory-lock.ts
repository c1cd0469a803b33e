/**
 * The lock of a sweep's directory: two processes in one would make every run twice. It is a file that
 * says who holds it. Whoever makes it has it, for only one can. That of a process that is gone counts for nothing:
 * after kill -9 the sweep goes on.
 */
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { makeFolder } from '../record/make-folder.ts';
import { sweepFiles } from './results-directory.ts';
import { SweepError } from './sweep-error.ts';

interface Holder {
  readonly host: string;
  readonly pid: number;
  /** The host's start and the process's own, as the kernel tells them: ids come again. Null: it does not. */
  readonly begun: string | null;
}

/**
 * Makes the directory if there is none. Returns what releases it. Throws SweepError while another process
 * holds it; whether one on another host is still there cannot be seen, so it counts as alive.
 */
export function lockDirectory(directory: string): () => void {
  makeFolder(directory);
  const path = sweepFiles.lock(directory);
  const { pid } = process;
  const mine = JSON.stringify({ host: hostname(), pid, begun: begunOf(pid) } satisfies Holder);
  if (!make(path, mine)) takeOver(directory, path, mine);
  return () => {
    if (textOf(path) === mine) rmSync(path, { force: true });
  };
}

/**
 * From a holder that is gone. Of two who find that, one might remove what the other has just made. So who
 * removes a lock has made a second file before, and has looked again since.
 */
function takeOver(directory: string, path: string, mine: string): void {
  refuseLiving(directory, path);
  const second = `${path}.takeover`;
  if (!make(second, mine)) throw refusal(directory, second);
  try {
    refuseLiving(directory, path);
    rmSync(path, { force: true });
    if (!make(path, mine)) throw refusal(directory, path);
  } finally {
    rmSync(second, { force: true });
  }
}

/** False: it is there already. */
function make(path: string, text: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeFileSync(descriptor, text);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function refuseLiving(directory: string, path: string): void {
  const text = textOf(path);
  if (text === null) return;
  const holder = holderIn(text);
  // Without a name somebody is about to write it.
  if (holder === null || isAlive(holder)) throw refusal(directory, path);
}

function refusal(directory: string, path: string): SweepError {
  const holder = holderIn(textOf(path) ?? '');
  const isHere = holder?.host === hostname();
  const who = holder === null ? 'another process' : `process ${holder.pid}`;
  const where = holder === null || isHere ? '' : ` on host ${holder.host}`;
  const unless =
    holder === null || isHere
      ? `If ${holder?.pid ?? 'it'} is no sweep`
      : 'From here that cannot be seen: if that process is gone';
  return new SweepError(
    `${who}${where} is at work in ${directory}. Wait for its end, or choose another directory. (${unless}, remove ${path}.)`,
  );
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Null: it says no holder. Earlier releases wrote the process's id alone. */
function holderIn(text: string): Holder | null {
  if (/^[1-9]\d*$/.test(text)) return { host: hostname(), pid: Number(text), begun: null };
  try {
    const { host, pid, begun = null } = JSON.parse(text) as Partial<Holder>;
    const isHolder = typeof host === 'string' && Number.isInteger(pid) && Number(pid) > 0;
    return isHolder ? { host, pid: Number(pid), begun } : null;
  } catch {
    return null;
  }
}

function isAlive({ host, pid, begun }: Holder): boolean {
  if (host !== hostname()) return true;
  if (begun === null && pid === process.pid) return false;
  const now = begunOf(pid);
  if (begun !== null && now !== null && begun !== now) return false;
  try {
    process.kill(pid, 0);
    return statOf(pid)?.state !== 'Z';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function begunOf(pid: number): string | null {
  const stat = statOf(pid);
  if (stat === null) return null;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${stat.startTicks}`;
}

/** State Z: it has ended, and its parent has not asked yet. Null: it is gone, or this is no Linux. */
function statOf(pid: number): { readonly state: string; readonly startTicks: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
  } catch {
    return null;
  }
}
