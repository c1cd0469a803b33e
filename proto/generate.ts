/**
 * Turns message.proto into the committed code in generated/ (`npm run proto`). Static code runs on
 * protobufjs/minimal.js: a node's bundle gets no reflection and no .proto file to find at run time.
 *
 *   node --import tsx proto/generate.ts [--check] [--directory DIRECTORY]
 *
 * --check writes nothing and exits 1 when the committed code is not what message.proto gives.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pbjs } from 'protobufjs-cli';

const SOURCE = join(import.meta.dirname, 'message.proto');
const HEADER = '// Generated from proto/message.proto by `npm run proto`. Do not edit.\n';

/** What a node never calls is left out: it would only be read and compiled at every start. */
const OPTIONS = [
  ...['--target', 'static-module', '--wrap', 'esm', '--dependency', 'protobufjs/minimal.js'],
  ...['--root', 'within', '--no-create', '--no-verify', '--no-convert', '--no-delimited'],
  ...['--no-typeurl', '--no-service'],
];

/** For 64-bit integers, of which the wire has none; the types would need one more package. */
const UNUSED_IMPORT = 'import Long = require("long");\n';

/** File name → content. */
async function generate(): Promise<Map<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), 'within-proto-'));
  try {
    const code = join(directory, 'message.js');
    await runPbjs([...OPTIONS, '--dts', '--out', code, SOURCE]);
    const types = join(directory, 'message.d.ts');
    return new Map([
      ['message.js', HEADER + (await readFile(code, 'utf8'))],
      ['message.d.ts', HEADER + (await readFile(types, 'utf8')).replace(UNUSED_IMPORT, '')],
    ]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function runPbjs(options: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    pbjs.main(options, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

async function staleFiles(files: Map<string, string>, directory: string): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, content] of files) {
    const committed = await readFile(join(directory, name), 'utf8').catch(() => null);
    if (committed !== content) stale.push(name);
  }
  return stale;
}

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    directory: { type: 'string', default: join(import.meta.dirname, 'generated') },
  },
});
const files = await generate();
if (options.check) {
  const stale = await staleFiles(files, options.directory);
  if (stale.length > 0) {
    console.error(
      `${stale.join(' and ')} in ${options.directory} differ from what message.proto gives. ` +
        'Run `npm run proto` and commit the result.',
    );
    process.exitCode = 1;
  }
} else {
  await mkdir(options.directory, { recursive: true });
  for (const [name, content] of files) await writeFile(join(options.directory, name), content);
}
