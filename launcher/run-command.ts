/** The command line of one command: parsed, explained and refused the same way for all. */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import type { Command } from './command.ts';
import { UsageError, usageErrorOf } from './usage-error.ts';

/** Parses the words after the command's name and runs it. Resolves to the exit code. */
export async function runCommand(command: Command, words: readonly string[]): Promise<number> {
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
    .epilogue(
      'Exit codes of a run: 0 pass, 1 violated, 2 inconclusive; of any command: 254 wrong arguments, 255 failure. See docs/exit-codes.md.',
    )
    .fail((message: string | null, error: Error | undefined) => {
      // yargs hands over some of its own complaints as errors, the rest as texts.
      if (error !== undefined && error.name !== 'YError') throw error;
      throw usageErrorOf(message ?? error?.message ?? '', flagsOf(parser));
    })
    .exitProcess(false);
  for (const [example, what] of command.examples) parser.example(example, what);
  command.options(parser);
  refuseOddSwitches(parser, words);
  const parsed = await parser.parseAsync();
  if (parsed['help'] === true) return 0;
  return command.run(parsed);
}

/** What a command has defined; yargs has this method, its types do not. */
interface Definitions {
  readonly key: object;
  readonly boolean: readonly string[];
}

const definitionsOf = (parser: Argv): Definitions =>
  (parser as Argv & { getOptions(): Definitions }).getOptions();

const flagsOf = (parser: Argv): string[] => Object.keys(definitionsOf(parser).key);

/** yargs would take `--json=maybe` for no. */
function refuseOddSwitches(parser: Argv, words: readonly string[]): void {
  const switches = definitionsOf(parser).boolean;
  for (const word of words) {
    const [, name = '', value] = /^--([a-z-]+)=(.*)$/.exec(word) ?? [];
    if (!switches.includes(name) || value === 'true' || value === 'false') continue;
    throw new UsageError(`${word}: --${name} takes no value. Leave =${value} out. See --help.`);
  }
}
