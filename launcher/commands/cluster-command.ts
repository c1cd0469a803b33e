/** npm run cluster: one OS process per node and a master, to a verdict. */
import { readFileSync } from 'node:fs';
import type { Argv } from 'yargs';
import { OperatingError } from '../../runtime/operating-error.ts';
import {
  configFlags,
  demandConfig,
  fileArgument,
  jsonOption,
  numberOption,
  stringOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { conclude } from '../conclude.ts';
import { refuseTooFewDescriptors } from '../descriptors.ts';
import { insecureOption, refuseExposure } from '../exposure.ts';
import { nodeSnapshot } from '../node-snapshot.ts';
import { prepareRun } from '../prepare-run.ts';
import type { PreparedRun } from '../prepare-run.ts';
import { openLive, withLiveOptions } from '../live/live-options.ts';
import { livePort } from '../live/live-port.ts';
import { createProgressView } from '../progress-view.ts';
import { outputFile, runProcesses } from '../run-processes.ts';
import { watchForInterruption } from '../signals.ts';

export const cluster: Command = {
  name: 'cluster',
  positional: 'FILE',
  summary: 'Runs a config on one OS process per node and a master, and says whether it went right.',
  examples: [
    ['npm run cluster -- configs/5nodes.txt', 'the first run'],
    ['npm run cluster -- configs/5nodes.txt --seed random', 'other crashes and delays'],
    ['npm run cluster -- configs/5nodes.txt --delay "0 200" --crash 0', 'slower, nobody crashes'],
    ['npm run cluster -- configs/original.txt --ui', 'watch and steer it in a browser'],
    ['npm run -s cluster -- configs/5nodes.txt --json', 'one JSON document on standard output'],
  ],
  options: clusterOptions,
  run: runCluster,
};

/** How a run is started, whichever command starts it. */
export const runOptions = (parser: Argv): Argv => withLiveOptions(runFolderOptions(parser));

/** The same where nobody can look at a page. */
export function runFolderOptions(parser: Argv, but?: string): Argv {
  return withConfigFlags(parser, but)
    .option('folder', { type: 'string', default: 'runs', describe: 'where run directories go' })
    .option('json', jsonOption('the result'));
}

function clusterOptions(parser: Argv): Argv {
  return demandConfig(insecureOption(runOptions(parser)))
    .option('wait', {
      type: 'string',
      default: '20',
      describe: 'seconds until all processes must have joined and connected',
    })
    .option('fixed-ports', {
      type: 'boolean',
      default: false,
      describe: 'the ports of the config instead of free ones',
    });
}

async function runCluster(parsed: Parsed): Promise<number> {
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  const interruption = watchForInterruption();
  const waitMs = numberOption(parsed, 'wait', 0.001) * 1000;
  const port = await livePort(parsed);
  const prepared = await prepareRun({
    file: fileArgument(parsed),
    flags: configFlags(parsed),
    root: stringOption(parsed, 'folder'),
    async check(config) {
      refuseExposure(config, [config.master, ...config.nodes], parsed);
      refuseTooFewDescriptors(config.nodes.length);
      // A first run makes it, which is no part of the run's time.
      await nodeSnapshot();
    },
  });
  screen.write(headline(prepared));
  const live = await openLive(port, prepared, screen);
  await live?.waitForViewer(interruption.interrupted);
  const view = createProgressView(prepared.config, screen);
  try {
    await runProcesses(prepared, {
      waitMs,
      fixedPorts: parsed['fixed-ports'] === true,
      onProgress: view.show,
      ...(live !== null && { onMaster: live.obey }),
      interrupted: interruption.interrupted,
    });
  } catch (error) {
    if (interruption.exitCode() === null) {
      await live?.close();
      throw withOutput(error, prepared.directory);
    }
  } finally {
    view.close();
  }
  return conclude(prepared, isJson, { live, interruption });
}

export function headline({ config }: PreparedRun): string {
  const { name, algorithm, nodes, f, epsilon, seed, seedFrom } = config;
  return `${name}: ${nodes.length} nodes, f = ${f}, ${algorithm}, ε = ${epsilon}, seed ${seed} (${seedFrom})\n`;
}

/** What the children said before they failed belongs to the error. */
function withOutput(error: unknown, directory: string): unknown {
  if (!(error instanceof OperatingError)) return error;
  const said = readFileSync(outputFile(directory), 'utf8').trim();
  return said === '' ? error : new OperatingError(error.code, `${error.message}\n${said}`);
}
