/** npm run join: one process of a run on many machines, whichever engine has started it. */
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Argv } from 'yargs';
import { MASTER } from '../../agreement/algorithm.ts';
import type { Flags } from '../../configs/flags.ts';
import { runNode } from '../../node-process/node.ts';
import { deferred } from '../../runtime/deferred.ts';
import { listen } from '../../runtime/listen.ts';
import { OperatingError } from '../../runtime/operating-error.ts';
import { isLoopback, reachableHost } from '../../runtime/reachable-host.ts';
import { openTransport, KEEP_ALIVE_MS } from '../../runtime/transport.ts';
import { configFlags, fileArgument, numberOption, stringOption } from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { conclude } from '../conclude.ts';
import { findPlace } from '../engines/place.ts';
import type { Place } from '../engines/place.ts';
import {
  insecureOption,
  keysOption,
  refuseExposure,
  transportByHand,
  transportWith,
} from '../exposure.ts';
import { prepareRun } from '../prepare-run.ts';
import { preside } from '../preside.ts';
import type { Claim } from '../preside.ts';
import { UsageError } from '../usage-error.ts';
import { watchForInterruption } from '../signals.ts';
import type { Interruption } from '../signals.ts';
import { headline, runFolderOptions } from './cluster-command.ts';
import { WAIT_BY_HAND_S } from './node-command.ts';

export const join: Command = {
  name: 'join',
  positional: '[FILE]',
  summary:
    'Takes part in a run on many machines: rank 0 is the master and reads FILE, rank i is node i and takes the config from the master. Give all processes the same words; rank, size and master come from the engine (srun, a Kubernetes Indexed Job), from WITHIN_RANK, WITHIN_SIZE and WITHIN_MASTER, or from flags.',
  examples: [
    ['srun -n 6 npm run join -- configs/5nodes.txt --insecure', 'master and 5 nodes'],
    [
      'npm run join -- configs/5nodes.txt --rank 0 --master h1:20000 --keys keys/5nodes',
      'the master, on h1',
    ],
    ['npm run join -- --rank 3 --master h1:20000 --keys keys/5nodes', 'node 3, anywhere'],
  ],
  options: joinOptions,
  run: runJoin,
};

const text = { type: 'string', nargs: 1 } as const;

function joinOptions(parser: Argv): Argv {
  return keysOption(insecureOption(runFolderOptions(parser, 'master')))
    .demandCommand(0, 1)
    .option('rank', { ...text, describe: '0: the master; 3: node 3' })
    .option('size', { ...text, describe: 'how many processes there are, the master included' })
    .option('master', { ...text, describe: 'HOST:PORT of the master, as all can dial it' })
    .option('listen', {
      ...text,
      describe: 'address to bind; default: 127.0.0.1 if the master is there, else all (0.0.0.0)',
    })
    .option('advertise', {
      ...text,
      describe:
        'host under which others reach this node; default: this machine’s end of the connection to the master',
    })
    .option('local-record', {
      type: 'boolean',
      default: false,
      describe: 'write on this machine and send it home, even where the run directory can be seen',
    })
    .option('wait', {
      ...text,
      default: WAIT_BY_HAND_S,
      describe: 'seconds to wait for the master and for all nodes',
    });
}

async function runJoin(parsed: Parsed): Promise<number> {
  const interruption = watchForInterruption();
  const place = findPlace(
    {
      rank: optional(parsed, 'rank'),
      size: optional(parsed, 'size'),
      master: optional(parsed, 'master'),
    },
    process.env,
  );
  const keys = optional(parsed, 'keys') ?? process.env['WITHIN_KEYS'];
  const given = keys === undefined || keys === '' ? parsed : { ...parsed, keys };
  return place.rank === MASTER
    ? runMaster(given, place, interruption)
    : runOneNode(given, place, interruption);
}

const optional = (parsed: Parsed, name: string): string | undefined =>
  parsed[name] === undefined ? undefined : stringOption(parsed, name);

async function runMaster(
  parsed: Parsed,
  place: Place,
  interruption: Interruption,
): Promise<number> {
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  const waitMs = numberOption(parsed, 'wait', 0.001) * 1000;
  const file = fileArgument(parsed);
  if (Array.isArray(parsed['_']) && parsed['_'].length === 0) {
    throw new UsageError('Rank 0 is the master: which config? Give FILE, e.g. configs/5nodes.txt.');
  }
  const claimed = deferred<Claim>();
  const prepared = await prepareRun({
    file,
    flags: withTls(configFlags(parsed), parsed),
    root: stringOption(parsed, 'folder'),
    async check(config) {
      const n = config.nodes.length;
      if (place.size !== null && place.size !== n + 1) throw wrongSize(file, n, place.size);
      const at = { host: listenHost(parsed, place), port: place.master.port };
      refuseExposure(config, [at], parsed);
      const transport = await transportByHand(config, MASTER, parsed);
      claimed.resolve({ transport, listen: await listen(at) });
    },
  });
  screen.write(headline(prepared));
  await preside(
    prepared,
    { ...(await claimed.promise), waitMs },
    { screen, interruption, live: null },
  );
  return conclude(prepared, isJson, { live: null, interruption });
}

/** Who has keys wants them used. */
const withTls = (flags: Flags, { keys }: Parsed): Flags =>
  keys === undefined || flags['tls'] !== undefined ? flags : { ...flags, tls: 'on' };

const wrongSize = (file: string, n: number, size: number): UsageError =>
  new UsageError(
    `${file} has ${n} nodes and so needs ${n + 1} processes, a master and ${n} nodes; ${size} were started.`,
  );

function listenHost(parsed: Parsed, { master }: Place): string {
  return optional(parsed, 'listen') ?? (isLoopback(master.host) ? '127.0.0.1' : '0.0.0.0');
}

/** The engine ends all processes at once; a node gives the master this long to end the run in order. */
const GRACE_MS = 3_000;

async function runOneNode(
  parsed: Parsed,
  place: Place,
  interruption: Interruption,
): Promise<number> {
  const { rank: id, master } = place;
  const { keys } = parsed;
  const isSecure = typeof keys === 'string';
  const host = listenHost(parsed, place);
  refuseExposure(isSecure ? { tls: true } : {}, [{ host }], parsed);
  const plain = { self: id, keepAliveMs: KEEP_ALIVE_MS, keys: null };
  const mustLeave = deferred<never>();
  void interruption.interrupted.then(async (signal) => {
    await setTimeout(GRACE_MS);
    mustLeave.reject(new OperatingError('dismissed', `interrupted by ${signal}; leaving`));
  });
  try {
    return await runNode({
      id,
      hostname: hostname(),
      listen: { host, port: 0 },
      master: Promise.resolve(master),
      digest: '',
      transport: await (isSecure ? transportWith(keys, id) : openTransport(plain)),
      advertise: (local) => optional(parsed, 'advertise') ?? reachableHost(master.host, local),
      recordAway: parsed['local-record'] === true,
      waitMs: numberOption(parsed, 'wait', 0.001) * 1000,
      say: (line) => process.stdout.write(`node ${id}: ${line}\n`),
      mustLeave: mustLeave.promise,
    });
  } catch (error) {
    const code = interruption.exitCode();
    if (code === null) throw error;
    return code;
  }
}
