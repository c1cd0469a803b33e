/** The commands. Each loads its own code only when it is called. */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import { keywords } from '../configs/grammar.ts';
import { runEntryPoint } from '../runtime/lifecycle.ts';
import { check } from './check-command.ts';
import { cluster } from './cluster-command.ts';
import type { Command } from './command.ts';
import { refuseFlagsTakenByNpm } from './command.ts';
import { explain } from './explain-command.ts';
import { join } from './join-command.ts';
import { k8s } from './k8s-command.ts';
import { keys } from './keys-command.ts';
import { master } from './master-command.ts';
import { node } from './node-command.ts';
import { report } from './report-command.ts';
import { search } from './search-command.ts';
import { fuzz } from './fuzz-command.ts';
import { soak } from './soak-command.ts';
import { simulate } from './simulate-command.ts';
import { slurm } from './slurm-command.ts';
import { sweep } from './sweep-command.ts';
import { UsageError, usageErrorOf } from './usage-error.ts';

const commands: readonly Command[] = [
  cluster,
  master,
  node,
  join,
  keys,
  soak,
  fuzz,
  simulate,
  check,
  search,
  report,
  explain,
  sweep,
  slurm,
  k8s,
];

runEntryPoint('within', async () => {
  const [name = '', ...words] = process.argv.slice(2);
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    throw new UsageError(
      `no command "${name}". Commands: ${commands.map((known) => known.name).join(', ')}; e.g. npm run cluster -- configs/5nodes.txt`,
    );
  }
  refuseFlagsTakenByNpm([...keywords, ...(command.flags ?? [])]);
  return run(command, words);
});

async function run(command: Command, words: readonly string[]): Promise<number> {
  const parser: Argv = yargs([...words])
    .scriptName(`npm run ${command.name} --`)
    .usage(`$0 ${command.positional}\n\n${command.summary}`)
    .parserConfiguration({
      'greedy-arrays': false,
      'parse-numbers': false,
      'camel-case-expansion': false,
    })
    .strict()
    .version(false)
    .wrap(Math.min(110, process.stdout.columns || 110))
    .epilogue('Exit codes: 0 pass, 1 violated, 2 inconclusive, 254 wrong arguments, 255 failure.')
    .fail((message: string | null, error: Error | undefined) => {
      // yargs hands over some of its own complaints as errors, the rest as texts.
      if (error !== undefined && error.name !== 'YError') throw error;
      throw usageErrorOf(message ?? error?.message ?? '', flagsOf(parser));
    })
    .exitProcess(false);
  for (const [example, what] of command.examples) parser.example(example, what);
  const parsed = await command.options(parser).parseAsync();
  if (parsed['help'] === true) return 0;
  return command.run(parsed);
}

/** The flags that a command has defined; yargs has this method, its types do not. */
function flagsOf(parser: Argv): string[] {
  return Object.keys((parser as Argv & { getOptions(): { key: object } }).getOptions().key);
}
