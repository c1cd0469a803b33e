/** npm run master: the master in a terminal of its own, for nodes that are started by hand. */
import type { Argv } from 'yargs';
import type { RunConfig } from '../../configs/run-config.ts';
import { MASTER } from '../../agreement/algorithm.ts';
import { deferred } from '../../runtime/deferred.ts';
import { listen } from '../../runtime/listen.ts';
import { openLive } from '../live/live-options.ts';
import { livePort } from '../live/live-port.ts';
import { conclude } from '../conclude.ts';
import { configFlags, demandConfig, fileArgument, numberOption, stringOption } from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { insecureOption, keysOption, refuseExposure, transportByHand } from '../exposure.ts';
import { prepareRun } from '../prepare-run.ts';
import { preside } from '../preside.ts';
import type { Claim } from '../preside.ts';
import { watchForInterruption } from '../signals.ts';
import { headline, runOptions } from './cluster-command.ts';
import { WAIT_BY_HAND_S } from './node-command.ts';

export const master: Command = {
  name: 'master',
  positional: 'FILE',
  summary:
    'Runs the master of a config, waits for its nodes (started with: npm run node -- FILE --id ID) and says whether the run went right.',
  examples: [['npm run master -- configs/5nodes.txt', 'waits for nodes 1 to 5']],
  options: masterOptions,
  run: runMasterByHand,
};

function masterOptions(parser: Argv): Argv {
  return demandConfig(keysOption(insecureOption(runOptions(parser)))).option('wait', {
    type: 'string',
    default: WAIT_BY_HAND_S,
    describe: 'seconds to wait for all nodes',
  });
}

/** Everything that could keep the master from beginning. */
async function claimPlace(config: RunConfig, parsed: Parsed) {
  refuseExposure(config, [config.master], parsed);
  const transport = await transportByHand(config, MASTER, parsed);
  return { transport, listen: await listen(config.master) };
}

async function runMasterByHand(parsed: Parsed): Promise<number> {
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  const interruption = watchForInterruption();
  const waitMs = numberOption(parsed, 'wait', 0.001) * 1000;
  const port = await livePort(parsed);
  const claimed = deferred<Claim>();
  const prepared = await prepareRun({
    file: fileArgument(parsed),
    flags: configFlags(parsed),
    root: stringOption(parsed, 'folder'),
    load: { allowRandomSeed: false, allowMasterPortZero: false },
    // A run that cannot begin, for another master has the port, leaves no directory behind.
    async check(config) {
      claimed.resolve(await claimPlace(config, parsed));
    },
  });
  screen.write(headline(prepared));
  const live = await openLive(port, prepared, screen);
  await preside(prepared, { ...(await claimed.promise), waitMs }, { screen, interruption, live });
  return conclude(prepared, isJson, { live, interruption });
}
