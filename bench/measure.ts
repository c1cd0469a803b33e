/** What a command costs: wall time, and CPU time of its whole tree of processes. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { OperatingError } from '../runtime/operating-error.ts';

export interface Cost {
  readonly wallMs: number;
  /** User and system time of the command and of every process under it. */
  readonly cpuMs: number;
  readonly stdout: string;
}

/** bash has the only clock at hand that counts children of children, to the millisecond. */
const TIMED = 'TIMEFORMAT="within-cost %R %U %S"; time "$@"';

/** In an environment without anything of the user's: some of it makes Node.js start slower. */
const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };

/** @throws OperatingError when the command fails, or bash is not there. */
export async function measure(words: readonly string[]): Promise<Cost> {
  const child = spawn('bash', ['-c', TIMED, 'bash', ...words], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', () => {
      resolve(null);
    });
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const cost = /within-cost ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr);
  if (code !== 0 || cost === null) {
    throw new OperatingError('run-failed', `${words.join(' ')} failed (${code}):\n${stderr}`);
  }
  const [wall = 0, user = 0, system = 0] = cost.slice(1).map(Number);
  return { wallMs: wall * 1000, cpuMs: (user + system) * 1000, stdout };
}

/** What is compared takes turns, so that what else the machine does at a time hits all alike. */
export async function inTurns<Name extends string, Result>(
  repeats: number,
  variants: Readonly<Record<Name, () => Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(variants) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]]));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    // Whoever is first this time is last the next.
    const order = repeat % 2 === 0 ? names : names.toReversed();
    for (const name of order) results[name]?.push(await variants[name]());
  }
  return results as Record<Name, Result[]>;
}
