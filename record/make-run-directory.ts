/** Makes the folder of a run. Two runs that start in the same second still get one each. */
import { lstatSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** How many runs of one config and seed may start in one second. */
const ATTEMPTS_MAX = 10_000;

/**
 * Makes `root`/<config name>/<timestamp>-<seed>/ and points `root`/latest at it.
 * @returns its absolute path.
 * @throws what the file system throws, when nothing can be made under `root`.
 */
export function makeRunDirectory(
  root: string,
  configName: string,
  seed: number,
  now: Date,
): string {
  const parent = resolve(root, folderName(configName));
  makeFolder(parent);
  const directory = claim(parent, `${timestamp(now)}-${seed}`);
  pointLatest(resolve(root), directory);
  return directory;
}

/** `mkdir` of the last level is the claim: it fails for all but one of those who try a name. */
function claim(parent: string, name: string): string {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const directory = join(parent, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      mkdirSync(directory);
      return directory;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`${parent} already holds ${ATTEMPTS_MAX} runs named ${name}. Remove some.`);
}

/** UTC, to the second, without the colons that some file systems refuse: 2026-11-22T213705Z. */
const timestamp = (now: Date): string => `${now.toISOString().slice(0, 19).replaceAll(':', '')}Z`;

/** One level under the root, and never the name of the link. */
function folderName(configName: string): string {
  const plain = configName.replaceAll(/[/\\\0]/g, '_');
  return /^\.*$|^latest$/.test(plain) ? `${plain}_` : plain;
}

/**
 * A link under a name of its own, then renamed: whoever looks sees the old run or the new one. The
 * link is a convenience: on a file system without links there is none, and no error either.
 */
function pointLatest(root: string, directory: string): void {
  const latest = join(root, 'latest');
  const there = lstatSync(latest, { throwIfNoEntry: false });
  // Somebody's own file or folder of this name stays.
  if (there !== undefined && !there.isSymbolicLink()) return;
  const fresh = join(root, `.latest-${process.pid}-${process.hrtime.bigint()}`);
  try {
    symlinkSync(relative(root, directory), fresh);
    renameSync(fresh, latest);
  } catch {
    rmSync(fresh, { force: true });
  }
}
