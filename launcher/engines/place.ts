/**
 * Which process of a run this one is: told by flags, by variables of our own, or by the engine that
 * started it. Every engine gives its processes a rank from 0; what else it gives differs.
 */
import type { Address } from '../../configs/run-config.ts';
import { UsageError } from '../usage-error.ts';

export interface Place {
  /** 0: the master; i: node i. */
  readonly rank: number;
  /** How many processes there are, the master included; null: nobody has told. */
  readonly size: number | null;
  /** Where the master listens. */
  readonly master: Address;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** What one source knows, as texts. */
interface Hints {
  readonly rank?: string | undefined;
  readonly size?: string | undefined;
  /** HOST or HOST:PORT. */
  readonly master?: string | undefined;
}

/** Where the master listens when nobody names a port. */
export const MASTER_PORT = 20_000;

/** Below the ports that systems hand out by themselves. */
const PORTS = 12_000;

/**
 * Flags first, then the WITHIN_ variables, then the engine's own.
 * @throws UsageError that says what is missing, and who could tell it.
 */
export function findPlace(flags: Hints, env: Variables): Place {
  const sources = [flags, ownHints(env), slurmHints(env), kubernetesHints(env), openMpiHints(env)];
  const first = (name: keyof Hints): string | undefined =>
    sources.map((source) => source[name]).find((text) => text !== undefined && text !== '');
  const rank = wholeNumber('rank', first('rank') ?? missing('rank', 'WITHIN_RANK'), 0);
  const size = first('size');
  const place = {
    rank,
    size: size === undefined ? null : wholeNumber('size', size, 2),
    master: addressIn(first('master') ?? missing('master', 'WITHIN_MASTER')),
  };
  if (place.size === null || rank < place.size) return place;
  throw new UsageError(
    `--rank ${rank}: of ${place.size} processes the ranks are 0 to ${place.size - 1}.`,
  );
}

const ownHints = (env: Variables): Hints => ({
  rank: env['WITHIN_RANK'],
  size: env['WITHIN_SIZE'],
  master: env['WITHIN_MASTER'],
});

/** srun's. The first rank runs on the first host of the step, under the name that Slurm knows. */
function slurmHints(env: Variables): Hints {
  const hosts = env['SLURM_STEP_NODELIST'] ?? env['SLURM_JOB_NODELIST'];
  if (env['SLURM_PROCID'] === undefined || hosts === undefined) return {};
  return {
    rank: env['SLURM_PROCID'],
    size: env['SLURM_STEP_NUM_TASKS'] ?? env['SLURM_NTASKS'],
    master: `${firstHost(hosts)}:${slurmPort(env['SLURM_JOB_ID'], env['SLURM_STEP_ID'])}`,
  };
}

/** An Indexed Job. Its manifest names the rest (npm run k8s). */
const kubernetesHints = (env: Variables): Hints => ({ rank: env['JOB_COMPLETION_INDEX'] });

const openMpiHints = (env: Variables): Hints => ({
  rank: env['OMPI_COMM_WORLD_RANK'],
  size: env['OMPI_COMM_WORLD_SIZE'],
});

/** The first of a Slurm list, for example h1 of h[1-3,7] and a01x of a[01-09]x,b3. */
export function firstHost(list: string): string {
  const [first = ''] = /^(?:\[[^\]]*\]|[^,[])*/.exec(list) ?? [];
  return first.replaceAll(/\[([^\],-]*)[^\]]*\]/g, '$1');
}

/** Jobs that meet on one host do not meet on one port. */
function slurmPort(job = '0', step = '0'): number {
  return MASTER_PORT + ((Number(job) * 16 + Number(step)) % PORTS);
}

/** HOST, HOST:PORT, [IPv6]:PORT. */
export function addressIn(text: string): Address {
  const [, six, four, port] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = six ?? four;
  const number = port === undefined ? MASTER_PORT : Number(port);
  if (host !== undefined && number >= 1 && number <= 65_535) return { host, port: number };
  throw new UsageError(
    `--master ${text}: expected HOST or HOST:PORT with a port from 1 to 65535, e.g. h1:${MASTER_PORT}.`,
  );
}

function wholeNumber(name: string, text: string, least: number): number {
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  throw new UsageError(`--${name} ${text}: expected a whole number from ${least}.`);
}

function missing(name: string, variable: string): never {
  throw new UsageError(
    `which ${name}? Under srun and in a Kubernetes Indexed Job the engine tells (docs/engines.md); elsewhere give --${name} or ${variable}.`,
  );
}
