/** npm run node: one node in a terminal of its own. */
import { hostname } from 'node:os';
import type { Argv } from 'yargs';
import { configDigest } from '../../record/config-digest.ts';
import { runNode } from '../../node-process/node.ts';
import { deferred } from '../../runtime/deferred.ts';
import { EXIT } from '../../runtime/exit-codes.ts';
import { OperatingError } from '../../runtime/operating-error.ts';
import {
  configFlags,
  demandConfig,
  fileArgument,
  numberOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { insecureOption, keysOption, refuseExposure, transportByHand } from '../exposure.ts';
import { loadRun } from '../load-run.ts';
import { UsageError } from '../usage-error.ts';
import { watchForInterruption } from '../signals.ts';

export const node: Command = {
  name: 'node',
  positional: 'FILE --id ID',
  summary:
    'Runs one node of a config. Start the master and the other nodes in other terminals, in any order, with the same file and the same flags.',
  examples: [['npm run node -- configs/5nodes.txt --id 3', 'node 3']],
  options: nodeOptions,
  run: runNodeByHand,
};

export const WAIT_BY_HAND_S = '600';

function nodeOptions(parser: Argv): Argv {
  return demandConfig(keysOption(insecureOption(withConfigFlags(parser))))
    .option('id', {
      type: 'string',
      demandOption: true,
      describe: 'which node of the config to be',
    })
    .option('wait', {
      type: 'string',
      default: WAIT_BY_HAND_S,
      describe: 'seconds to wait for the master and the other nodes',
    });
}

async function runNodeByHand(parsed: Parsed): Promise<number> {
  const interruption = watchForInterruption();
  const file = fileArgument(parsed);
  const { config } = await loadRun(file, configFlags(parsed), {
    allowRandomSeed: false,
    allowMasterPortZero: false,
  });
  const n = config.nodes.length;
  const id = numberOption(parsed, 'id', 1);
  const self = config.nodes[id - 1];
  if (self === undefined) {
    throw new UsageError(`--id ${id}: ${file} has nodes 1 to ${n}. Give one of these ids.`);
  }
  refuseExposure(config, [self], parsed);
  const transport = await transportByHand(config, id, parsed);
  const mustLeave = deferred<never>();
  void interruption.interrupted.then((signal) => {
    mustLeave.reject(new OperatingError('dismissed', `interrupted by ${signal}; leaving`));
  });
  try {
    return await runNode({
      id,
      hostname: hostname(),
      listen: { host: self.host, port: self.port },
      master: Promise.resolve(config.master),
      digest: configDigest(config),
      transport,
      waitMs: numberOption(parsed, 'wait', 0.001) * 1000,
      say: (line) => process.stdout.write(`node ${id}: ${line}\n`),
      mustLeave: mustLeave.promise,
    });
  } catch (error) {
    if (interruption.exitCode() === null) throw error;
    return interruption.exitCode() ?? EXIT.failure;
  }
}
