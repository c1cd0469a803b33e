import { describe, expect, test } from '@jest/globals';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { manifestsOf } from '../../../../launcher/engines/k8s-manifests.ts';
import type { K8sRun } from '../../../../launcher/engines/k8s-manifests.ts';

const run: K8sRun = {
  name: 'within-a',
  namespace: null,
  image: 'within',
  n: 2,
  minutes: 5,
  files: { 'config.txt': 'f 0\n' },
  words: ['/config/config.txt', '--seed', '3'],
  keys: ['master', 'one', 'two'],
  claim: null,
};

const byKind = (changes: Partial<K8sRun> = {}) =>
  Object.fromEntries(
    manifestsOf({ ...run, ...changes }).map((made) => [(made as { kind: string }).kind, made]),
  ) as Record<string, object | undefined>;

describe('the manifests of a run', () => {
  test('a pod per process, by index; the master decides for all; nobody is restarted', () => {
    expect(byKind()['Job']).toMatchObject({
      spec: {
        completionMode: 'Indexed',
        completions: 3,
        parallelism: 3,
        backoffLimitPerIndex: 0,
        successPolicy: { rules: [{ succeededIndexes: '0' }] },
        activeDeadlineSeconds: 300,
        template: { spec: { restartPolicy: 'Never', subdomain: 'within-a' } },
      },
    });
  });

  test('the master is index 0, under the name that the Service gives it', () => {
    const { Job: job, Service: service } = byKind();
    expect(JSON.stringify(job)).toContain('"WITHIN_MASTER","value":"within-a-0.within-a:20000"');
    expect(service).toMatchObject({
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: { 'batch.kubernetes.io/job-name': 'within-a' },
      },
    });
  });

  test('a container sees the keys of its own rank', () => {
    const { Job: job, Secret: secret } = byKind();
    expect(secret).toMatchObject({
      stringData: { 'rank-0.pem': 'master', 'rank-1.pem': 'one', 'rank-2.pem': 'two' },
    });
    const { spec } = job as Job;
    expect(spec?.template.spec?.containers[0]).toMatchObject({
      args: ['join', '/config/config.txt', '--seed', '3', '--folder', '/results', '--json'].concat([
        '--keys',
        '/keys/mine.pem',
      ]),
      volumeMounts: expect.arrayContaining([
        expect.objectContaining({ name: 'keys', subPathExpr: 'rank-$(WITHIN_RANK).pem' }),
      ]),
    });
  });

  test('without TLS there is no Secret and no mount of one', () => {
    const { Secret: secret, Job: job } = byKind({ keys: null });
    expect(secret).toBeUndefined();
    expect(JSON.stringify(job)).toContain('--insecure');
    expect(JSON.stringify(job)).not.toContain('keys');
  });

  test('a claim keeps the results, a namespace is on every object', () => {
    const all = manifestsOf({ ...run, claim: 'disk', namespace: 'lab' });
    expect(JSON.stringify(all)).toContain('"persistentVolumeClaim":{"claimName":"disk"}');
    for (const made of all) expect(made).toMatchObject({ metadata: { namespace: 'lab' } });
  });
});

describe('what the API does not take is refused', () => {
  test('by its schema, when it is made', () => {
    const wrong = { name: 'within-a', n: 'two' as unknown as number };
    expect(() => manifestsOf({ ...run, ...wrong })).toThrow(/completions|integer/);
  });

  test('an unknown field by the compiler: npm run types fails if this line compiles', () => {
    const template = { spec: { containers: [] } };
    // @ts-expect-error there is no such field
    expect(new Job({ spec: { template, completionz: 3 } })).toBeDefined();
  });
});
