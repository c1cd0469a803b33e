/**
 * What Kubernetes is told: an Indexed Job whose index 0 is the master, a headless Service that gives
 * every pod a name, the config, and the keys. Typed classes: a field that the API does not know is
 * refused by the compiler, and what is made is validated against the API's schema. The package is
 * large; this file is loaded only when manifests are made.
 */
import { Job } from 'kubernetes-models/batch/v1/Job';
import type { IIoK8sApiCoreV1Container } from 'kubernetes-models/v1/Container';
import type { IIoK8sApiCoreV1PodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IIoK8sApiCoreV1Volume } from 'kubernetes-models/v1/Volume';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { MASTER_PORT } from './place.ts';

export interface K8sRun {
  /** Of all objects; a name that DNS takes. */
  readonly name: string;
  readonly namespace: string | null;
  readonly image: string;
  /** Nodes of the config; with the master one pod more. */
  readonly n: number;
  /** After which Kubernetes ends the job. */
  readonly minutes: number;
  /** Files for /config, by name: the config, the user's algorithm. */
  readonly files: Readonly<Record<string, string>>;
  /** Words after `join`: the config in /config, and flags. */
  readonly words: readonly string[];
  /** By rank, as PEM; null: without TLS. */
  readonly keys: readonly string[] | null;
  /** A PersistentVolumeClaim for the results; null: they go with the master's pod. */
  readonly claim: string | null;
}

/** User and group of the image (Dockerfile). */
const USER = 1000;

/** Readable by the group that the pod runs as, and nobody else. */
const KEYS_MODE = 0o440;

/** Validated, in the order in which they are made. Throws what the schema has to say. */
export function manifestsOf(run: K8sRun): object[] {
  const manifests = [serviceOf(run), configMapOf(run), ...secretsOf(run), jobOf(run)];
  return manifests.map((manifest) => {
    manifest.validate();
    return manifest.toJSON() as object;
  });
}

const metadataOf = ({ name, namespace }: K8sRun) => ({
  name,
  labels: { 'app.kubernetes.io/name': 'within', 'app.kubernetes.io/instance': name },
  ...(namespace !== null && { namespace }),
});

/** Pods find each other before they are ready: that is what they are waiting for. */
const serviceOf = (run: K8sRun): Service =>
  new Service({
    metadata: metadataOf(run),
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { 'batch.kubernetes.io/job-name': run.name },
      ports: [{ name: 'master', port: MASTER_PORT, protocol: 'TCP' }],
    },
  });

const configMapOf = (run: K8sRun): ConfigMap =>
  new ConfigMap({ metadata: metadataOf(run), data: { ...run.files } });

const secretsOf = (run: K8sRun): Secret[] =>
  run.keys === null
    ? []
    : [
        new Secret({
          metadata: metadataOf(run),
          type: 'Opaque',
          stringData: Object.fromEntries(run.keys.map((pem, rank) => [`rank-${rank}.pem`, pem])),
        }),
      ];

const jobOf = (run: K8sRun): Job =>
  new Job({
    metadata: metadataOf(run),
    spec: {
      completionMode: 'Indexed',
      completions: run.n + 1,
      parallelism: run.n + 1,
      // A pod that dies is a crash of the algorithm: nothing takes its place, and the others go on.
      backoffLimitPerIndex: 0,
      // The master's verdict is the job's.
      successPolicy: { rules: [{ succeededIndexes: '0' }] },
      activeDeadlineSeconds: run.minutes * 60,
      template: { metadata: { labels: metadataOf(run).labels }, spec: podOf(run) },
    },
  });

const podOf = (run: K8sRun): IIoK8sApiCoreV1PodSpec => ({
  restartPolicy: 'Never',
  subdomain: run.name,
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
  containers: [containerOf(run)],
  volumes: volumesOf(run),
});

const containerOf = ({ name, image, n, words, keys }: K8sRun): IIoK8sApiCoreV1Container => ({
  name: 'within',
  image,
  args: ['join', ...words, '--folder', '/results', '--json', ...trust(keys)],
  env: [
    {
      name: 'WITHIN_RANK',
      valueFrom: {
        fieldRef: {
          fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']",
        },
      },
    },
    { name: 'WITHIN_SIZE', value: String(n + 1) },
    { name: 'WITHIN_MASTER', value: `${name}-0.${name}:${MASTER_PORT}` },
  ],
  resources: { requests: { cpu: '50m', memory: '96Mi' } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  volumeMounts: [
    { name: 'config', mountPath: '/config', readOnly: true },
    { name: 'results', mountPath: '/results' },
    ...(keys === null ? [] : [ownKeys]),
  ],
});

const trust = (keys: K8sRun['keys']): string[] =>
  keys === null ? ['--insecure'] : ['--keys', KEYS_FILE];

const KEYS_FILE = '/keys/mine.pem';

/** Each container sees the keys of its own rank and no others. */
const ownKeys = {
  name: 'keys',
  mountPath: KEYS_FILE,
  subPathExpr: 'rank-$(WITHIN_RANK).pem',
  readOnly: true,
} as const;

const volumesOf = ({ name, keys, claim }: K8sRun): IIoK8sApiCoreV1Volume[] => [
  { name: 'config', configMap: { name } },
  claim === null
    ? { name: 'results', emptyDir: {} }
    : { name: 'results', persistentVolumeClaim: { claimName: claim } },
  ...(keys === null
    ? []
    : [{ name: 'keys', secret: { secretName: name, defaultMode: KEYS_MODE } }]),
];
