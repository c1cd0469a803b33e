/**
 * The image and the compose file, by command: `CONTAINERS=podman npm test -- tests/e2e/containers`, or
 * docker. It builds the image, which takes minutes and a registry. CONTAINERS_BUILD has further words
 * for the build.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { launcher, resultOf, root } from '../fixtures/launched.ts';

const engine = process.env['CONTAINERS'];
const buildWords = (process.env['CONTAINERS_BUILD'] ?? '').split(' ').filter((word) => word !== '');
const LONG_MS = 900_000;

const run = async (words: readonly string[], cwd = root): Promise<string> => {
  const [program = '', ...rest] = words;
  const env = { ...process.env, WITHIN_USER: `${process.getuid?.()}:${process.getgid?.()}` };
  const { stdout } = await promisify(execFile)(program, rest, { cwd, env, timeout: LONG_MS });
  return stdout;
};

const compose = engine === 'podman' ? ['podman-compose'] : [engine ?? '', 'compose'];

(engine === undefined ? test.skip : test)(
  'the image builds, and a run of one container per process passes',
  async () => {
    await run([engine ?? '', 'build', ...buildWords, '--tag', 'within', '.']);
    expect(await run([engine ?? '', 'run', '--rm', 'within'])).toMatch(/^PASS /m);
    const folder = mkdtempSync(join(tmpdir(), 'within-compose-'));
    try {
      cpSync(join(root, 'compose.yaml'), join(folder, 'compose.yaml'));
      mkdirSync(join(folder, 'runs'));
      await run([...launcher, 'keys', 'configs/5nodes.txt', '--folder', join(folder, 'keys')]);
      await run([...compose, 'up', '--no-build'], folder);
      await run([...compose, 'down'], folder);
      const latest = join(folder, 'runs', 'latest');
      expect(resultOf(latest).verdict).toBe('pass');
      expect(await run([...launcher, 'check', latest])).toMatch(/^PASS /m);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  LONG_MS,
);
