/** npm run soak: clusters under random faults, kills, pauses and resets, each checked. */
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { soak as runSoak } from '../../stress/soak.ts';
import { tallyText } from '../../stress/tally.ts';
import { jsonOption, numberOption, stringOption, wholeOption } from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { watchForInterruption } from '../signals.ts';
import { UsageError } from '../usage-error.ts';

export const soak: Command = {
  name: 'soak',
  positional: '',
  summary:
    'Runs clusters under random configs, faults, kills, pauses, resets and strangers, and checks each. Ends with 255 if any was judged wrongly, hung or left a process behind.',
  examples: [
    ['npm run soak -- --minutes 10', 'for ten minutes'],
    ['npm run soak -- --seed 7 --runs 500', 'five hundred runs'],
    ['npm run soak -- --seed 7 --first 93 --runs 1', 'the decisions of one trial again'],
  ],
  options: soakOptions,
  run: soakCommand,
};

const FAILED = 255;
const PROGRESS_EVERY = 10;

/** Each is a cluster of its own. */
const AT_ONCE_MAX = 100;

/** Of a trial. */
const NUMBER_MAX = 1_000_000_000;

function soakOptions(parser: Argv): Argv {
  return parser
    .option('minutes', { type: 'string', default: '10', describe: 'how long to go on' })
    .option('runs', { type: 'string', default: '1000000', describe: 'at most so many' })
    .option('seed', { type: 'string', default: '1', describe: 'decides every trial' })
    .option('first', { type: 'string', default: '0', describe: 'number of the first trial' })
    .option('at-once', { type: 'string', default: '2', describe: 'so many side by side' })
    .option('folder', {
      type: 'string',
      default: 'runs/soak',
      describe: 'where the files of failed trials stay',
    })
    .option('json', jsonOption('the result'));
}

async function soakCommand(parsed: Parsed): Promise<number> {
  if (process.platform !== 'linux') {
    throw new UsageError('soak looks at processes in /proc: it runs on Linux only.');
  }
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  const interruption = watchForInterruption();
  const seed = wholeOption(parsed, 'seed', 0);
  const asked = {
    seed,
    first: wholeOption(parsed, 'first', 0, NUMBER_MAX),
    runsMax: wholeOption(parsed, 'runs', 1, NUMBER_MAX),
    deadlineMs: performance.now() + numberOption(parsed, 'minutes', 0.01) * 60_000,
    atOnce: wholeOption(parsed, 'at-once', 1, AT_ONCE_MAX),
    folder: resolve(stringOption(parsed, 'folder')),
  };
  screen.write(`seed ${seed}; the first trial is number ${asked.first}\n`);
  const soaked = await runSoak({
    ...asked,
    program: [process.execPath, process.argv[1] ?? ''],
    isStopped: () => interruption.exitCode() !== null,
    onTrial({ runs }) {
      if (runs % PROGRESS_EVERY === 0) screen.write(`${runs} runs\n`);
    },
    onProblem(number, folder, problems) {
      screen.write(`trial ${number}: ${problems.join('; ')}\n`);
      screen.write(`  its files are in ${folder}\n`);
      screen.write(`  again: npm run soak -- --seed ${seed} --first ${number} --runs 1\n`);
    },
  });
  screen.write(`\n${tallyText(soaked.tally)}`);
  if (!soaked.canReset) screen.write('no connection was reset: that needs Linux, root and ss -K\n');
  screen.write(`${soaked.problems} of ${soaked.tally.runs} runs showed a fault of the tool\n`);
  if (isJson) process.stdout.write(`${JSON.stringify({ version: 1, seed, ...soaked }, null, 2)}\n`);
  return soaked.problems > 0 ? FAILED : (interruption.exitCode() ?? 0);
}
