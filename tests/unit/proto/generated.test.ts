import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const committed = join(root, 'proto', 'generated');

/** Exit code, and what was said on either stream. */
const run = (...args: string[]) =>
  new Promise<{ code: unknown; text: string }>((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, text: stdout + stderr });
    });
  });

const check = (directory: string) =>
  run('--import', 'tsx', join('proto', 'generate.ts'), '--check', '--directory', directory);

describe('the committed code of message.proto', () => {
  test('is what `npm run proto` gives now', async () => {
    expect(await check(committed)).toEqual({ code: 0, text: '' });
  });

  test('would be called stale, by name, if it were not', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'within-stale-'));
    try {
      await cp(committed, directory, { recursive: true });
      await appendFile(join(directory, 'message.js'), '// changed by hand\n');
      const { code, text } = await check(directory);
      expect(code).toBe(1);
      expect(text).toMatch(/^message\.js in .* Run `npm run proto`/);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  test('loads in plain Node.js', async () => {
    const program = `
      import { within } from './proto/generated/message.js';
      console.log(within.Envelope.encode({ ready: { from: 3 } }).finish().toString('hex'));`;
    expect(await run('--input-type=module', '--eval', program)).toEqual({
      code: 0,
      text: '32020803\n',
    });
  });

  test('is bundled without reflection: protobufjs/minimal.js and what it needs, no parser', async () => {
    const { metafile } = await build({
      entryPoints: [join(root, 'proto', 'codec.ts')],
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain('node_modules/protobufjs/src/index-minimal.js');
    expect(
      inputs.filter((path) => /protobufjs\/src\/(root|parse|type|field)\.js/.test(path)),
    ).toEqual([]);
  });
});
