/** npm run keys: what the processes of a run by hand, or on many machines, prove themselves with. */
import { join } from 'node:path';
import type { Argv } from 'yargs';
import {
  configFlags,
  demandConfig,
  fileArgument,
  jsonOption,
  stringOption,
  wholeOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { loadRun } from '../load-run.ts';
import { hasKeys, KEYS_DAYS, writeKeys } from '../run-keys.ts';
import { UsageError } from '../usage-error.ts';

export const keys: Command = {
  name: 'keys',
  positional: 'FILE',
  summary:
    'Makes the keys of a run with `tls on`: one file for the master and one for each node. Take each to its machine and start every process with --keys. (npm run cluster makes its own.)',
  examples: [
    ['npm run keys -- configs/5nodes.txt', 'keys/5nodes/master.pem, node-1.pem … node-5.pem'],
    ['npm run master -- configs/5nodes.txt --tls on --keys keys/5nodes', 'the master'],
    ['npm run node -- configs/5nodes.txt --tls on --keys keys/5nodes --id 3', 'node 3'],
  ],
  options: keysOptions,
  run: runKeys,
};

function keysOptions(parser: Argv): Argv {
  return demandConfig(withConfigFlags(parser))
    .option('folder', {
      type: 'string',
      default: 'keys',
      describe: 'where to make the folder of keys, named like the config',
    })
    .option('days', {
      type: 'string',
      default: String(KEYS_DAYS),
      describe: 'how long they can be used',
    })
    .option('json', jsonOption('what was made'));
}

/** A hundred years: a certificate names no year with five digits. */
const DAYS_MAX = 36_500;

async function runKeys(parsed: Parsed): Promise<number> {
  const days = wholeOption(parsed, 'days', 1, DAYS_MAX);
  const { config } = await loadRun(fileArgument(parsed), configFlags(parsed), {});
  const folder = join(stringOption(parsed, 'folder'), config.name);
  if (hasKeys(folder)) {
    throw new UsageError(
      `${folder} holds keys already. Keys work only together with those that were made with them: remove the folder to make all anew, or name another one with --folder.`,
    );
  }
  const files = await writeKeys(folder, config.nodes.length, days);
  const text =
    `made ${files.length} files of keys in ${folder}, to be used for ${days} days\n` +
    `Start each process with --tls on --keys ${folder}; on another machine it needs its own file only.\n`;
  if (parsed['json'] === true) {
    process.stderr.write(text);
    process.stdout.write(`${JSON.stringify({ version: 1, folder, days, files }, null, 2)}\n`);
  } else process.stdout.write(text);
  return 0;
}
