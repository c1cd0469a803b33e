/** npm run k8s: manifests for a run on Kubernetes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Argv } from 'yargs';
import { stringify } from 'yaml';
import { makeFolder } from '../../record/make-folder.ts';
import { flagWords } from '../../configs/flags.ts';
import {
  configFlags,
  demandConfig,
  fileArgument,
  minutesOption,
  stringOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import type { K8sRun } from '../engines/k8s-manifests.ts';
import { loadRun } from '../load-run.ts';
import type { LoadedRun } from '../load-run.ts';
import { KEYS_DAYS, writeKeys } from '../run-keys.ts';
import { UsageError } from '../usage-error.ts';

export const k8s: Command = {
  name: 'k8s',
  positional: 'FILE',
  summary:
    'Writes the manifests of a run on Kubernetes: an Indexed Job (index 0 is the master), a headless Service, the config, and keys that are made for this run.',
  examples: [
    ['npm run k8s -- configs/50nodes.txt --image registry.example/within:1', 'runs/k8s/…yaml'],
    ['npm run -s k8s -- configs/5nodes.txt --out - | kubectl apply -f -', 'without a file'],
  ],
  options: k8sOptions,
  run: runK8s,
};

const text = { type: 'string', nargs: 1 } as const;
const flag = { type: 'boolean', default: false } as const;

function k8sOptions(parser: Argv): Argv {
  return demandConfig(withConfigFlags(parser))
    .option('image', { ...text, default: 'within', describe: 'the image that the pods run' })
    .option('name', { ...text, describe: 'of all objects; default: within- and the config' })
    .option('namespace', { ...text, describe: 'default: the one of kubectl' })
    .option('volume', { ...text, describe: 'a PersistentVolumeClaim that keeps the results' })
    .option('minutes', { ...text, default: '30', describe: 'when Kubernetes ends the job' })
    .option('insecure', { ...flag, describe: 'without TLS: anybody in the cluster can take part' })
    .option('out', { ...text, describe: 'where to write; default runs/k8s/NAME.yaml; -: here' })
    .option('json', { ...flag, describe: 'the manifests as one JSON document (a List)' });
}

/** An object of Kubernetes holds no more. */
const OBJECT_BYTES_MAX = 1_000_000;

async function runK8s(parsed: Parsed): Promise<number> {
  const run = await describeRun(parsed);
  const { manifestsOf } = await import('../engines/k8s-manifests.ts');
  const manifests = manifestsOf(run);
  const written = parsed['json'] === true ? asList(manifests) : asYaml(manifests);
  const out =
    parsed['out'] === undefined ? `runs/k8s/${run.name}.yaml` : stringOption(parsed, 'out');
  if (out === '-' || parsed['json'] === true) {
    process.stdout.write(written);
    return 0;
  }
  makeFolder(dirname(out));
  // It holds the keys of all processes.
  rmSync(out, { force: true });
  writeFileSync(out, written, { mode: 0o600 });
  process.stdout.write(
    `${relative(process.cwd(), out)}: ${run.n + 1} pods; it holds their keys, so only you can read it\n` +
      `kubectl apply -f ${out}\n` +
      `kubectl wait --for=condition=Complete --timeout=${run.minutes}m job/${run.name}\n` +
      `kubectl logs --selector=batch.kubernetes.io/job-name=${run.name},batch.kubernetes.io/job-completion-index=0 --tail=-1\n`,
  );
  return 0;
}

async function describeRun(parsed: Parsed): Promise<K8sRun> {
  const flags = configFlags(parsed);
  const loaded = await loadRun(fileArgument(parsed), flags, {});
  const { config } = loaded;
  const n = config.nodes.length;
  const keys = parsed['insecure'] === true ? null : await makeKeys(n);
  const run = {
    ...{ n, keys, ...inPods(loaded, flagWords(flags)) },
    name: objectName(parsed, config.name),
    namespace: parsed['namespace'] === undefined ? null : nameOption(parsed, 'namespace'),
    image: nameOption(parsed, 'image'),
    minutes: minutesOption(parsed),
    claim: parsed['volume'] === undefined ? null : nameOption(parsed, 'volume'),
  };
  for (const part of [keys ?? [], Object.values(run.files)]) {
    const bytes = part.reduce((total, content) => total + Buffer.byteLength(content), 0);
    if (bytes > OBJECT_BYTES_MAX) {
      throw new UsageError(
        `${n} nodes need ${bytes} bytes of keys and config in one object; Kubernetes takes ${OBJECT_BYTES_MAX}. Run fewer nodes.`,
      );
    }
  }
  return run;
}

/** The config as given; an algorithm of the user goes along as one file. */
function inPods(
  { given, own }: LoadedRun,
  words: readonly string[],
): Pick<K8sRun, 'files' | 'words'> {
  const config = { 'config.txt': given };
  if (own === null) return { files: config, words: ['/config/config.txt', ...words] };
  const at = words.indexOf('--algorithm');
  const others = at < 0 ? words : words.toSpliced(at, 2);
  return {
    files: { ...config, 'algorithm.mjs': own.code },
    words: ['/config/config.txt', ...others, '--algorithm', '/config/algorithm.mjs'],
  };
}

/** By rank. They are in the manifests and nowhere else. */
async function makeKeys(n: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'within-keys-'));
  try {
    const files = await writeKeys(folder, n, KEYS_DAYS);
    return files.map((file) => readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

/** What Kubernetes takes for a name, and what to say of it. */
const NAMES = {
  namespace: [new RegExp(`^${LABEL}$`), 'small letters, digits and hyphens, at most 63'],
  volume: [new RegExp(`^${LABEL}(\\.${LABEL})*$`), 'small letters, digits, hyphens and dots'],
  image: [/^[\w./:@-]+$/, 'a reference like registry.example/within:1'],
} as const;

function nameOption(parsed: Parsed, option: keyof typeof NAMES): string {
  const name = stringOption(parsed, option);
  const [shape, expected] = NAMES[option];
  if (shape.test(name)) return name;
  throw new UsageError(`--${option} ${JSON.stringify(name)}: expected ${expected}. See --help.`);
}

/** A label of DNS, with room for the number of a pod. */
const NAME_LENGTH_MAX = 50;

function objectName(parsed: Parsed, config: string): string {
  if (parsed['name'] !== undefined) {
    const name = stringOption(parsed, 'name');
    if (/^[a-z]([a-z0-9-]{0,48}[a-z0-9])?$/.test(name)) return name;
    throw new UsageError(
      `--name ${name}: expected small letters, digits and hyphens, at most ${NAME_LENGTH_MAX}, e.g. within-a.`,
    );
  }
  const plain = config.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `within-${plain}`.slice(0, NAME_LENGTH_MAX).replace(/-+$/, '');
}

const asYaml = (manifests: readonly object[]): string =>
  manifests.map((manifest) => stringify(manifest, { lineWidth: 0 })).join('---\n');

const asList = (items: readonly object[]): string =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`;
