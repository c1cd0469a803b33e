/** Runs and sweeps on a real Slurm: three hosts, each with a network and a /tmp of its own. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readHeader } from '../../record/read-header.ts';
import { runFiles } from '../../record/run-directory.ts';
import { launcher, masterEvents, nodeEvents, openScratch } from '../fixtures/launched.ts';
import { planOf, resultOf } from '../fixtures/launched.ts';
import { signal } from '../fixtures/os-process.ts';
import { describeWithSlurm, openSlurmLab } from '../fixtures/slurm-lab.ts';
import type { SlurmLab } from '../fixtures/slurm-lab.ts';
import { pause, until } from '../fixtures/until.ts';

const LONG_MS = 240_000;
const HOSTS = ['h1', 'h2', 'h3'];
const N = 12;

describeWithSlurm('Slurm on three hosts', () => {
  let lab: SlurmLab;
  let config = '';

  beforeAll(async () => {
    lab = await openSlurmLab();
    config = join(lab.directory, '12nodes.txt');
    const nodes = Array.from({ length: N }, (_, i) => `node ${i + 1} ${i / 16} 127.0.0.1 0`);
    writeFileSync(config, ['f 3', 'crash 0', 'epsilon 1e-6', 'seed 5', ...nodes, ''].join('\n'));
  }, LONG_MS);

  afterAll(() => lab.down(), LONG_MS);

  const within = (words: readonly string[]): Promise<string> => lab.run([...launcher, ...words]);

  /** Ranks by srun, results under /tmp of the first host; no disk is shared but the project's. */
  async function srun(folder: string, flags: readonly string[]): Promise<string> {
    const ranks = ['srun', '-N3', `-n${N + 1}`, '--overcommit', '--kill-on-bad-exit=0'];
    const words = ['join', config, '--insecure', '--folder', `/tmp/${folder}`, '--wait', '120'];
    await lab.run([...ranks, ...launcher, ...words, ...flags]).catch(() => undefined);
    return join(lab.tmpOf('h1'), folder, 'latest');
  }

  const slow = ['--delay', '300 300', '--patience', '60 s', '--time-limit', '180 s'];

  const isRunning = (folder: string): boolean =>
    masterEvents(join(lab.tmpOf('h1'), folder, 'latest')).some(({ kind }) => kind === 'start');

  /** Its record is on its own host as long as it runs. */
  function privateRecord(node: number): string {
    for (const host of HOSTS) {
      const tmp = lab.tmpOf(host);
      const found = readdirSync(tmp).find((name) => name.startsWith(`within-node-${node}-`));
      if (found !== undefined) return runFiles.events(join(tmp, found), node);
    }
    return '';
  }

  async function expectCheck(run: string): Promise<void> {
    const scratch = openScratch();
    const check = await scratch.launch(['check', run]).ended;
    await scratch.clear();
    expect(check).toMatchObject({ code: 0, stdout: expect.stringMatching(/^PASS /m) });
  }

  test(
    'npm run slurm: keys, ranks on three hosts, the verdict, and the plan of one machine',
    async () => {
      const folder = join(lab.directory, 'runs');
      const faults = ['--crash', '0.05', '--delay', '0 5'];
      const words = ['slurm', config, '--hosts', '3', '--folder', folder, '--submit', ...faults];
      const said = await within([...words, '--json']);
      const { jobs } = JSON.parse(said) as { readonly jobs: readonly string[] };
      const results = join(folder, 'slurm', `12nodes-${jobs[0]}`);
      const output = (): string =>
        existsSync(`${results}.out`) ? readFileSync(`${results}.out`, 'utf8') : '';
      await until(
        () => /^(PASS|VIOLATED|INCONCLUSIVE) .*record/m.test(output()),
        'the end',
        LONG_MS,
      );
      await until(() => !existsSync(join(results, 'keys')), 'the end of the keys', LONG_MS);
      expect(output()).toMatch(/result\.json {2}says the same\n\nPASS .*proved from the record/);
      const run = join(results, 'latest');
      expect(resultOf(run).verdict).toBe('pass');
      const hosts = masterEvents(run).flatMap((event) =>
        event.kind === 'registered' ? [event.host] : [],
      );
      expect([...new Set(hosts)].sort()).toEqual(['10.88.0.1', '10.88.0.2', '10.88.0.3']);
      const scratch = openScratch();
      const same = [config, ...faults, '--tls', 'on', '--folder'];
      for (const command of ['simulate', 'cluster']) {
        const one = join(scratch.directory, command);
        await scratch.launch([command, ...same, one]).ended;
        expect(planOf(join(one, 'latest'))).toEqual(planOf(run));
      }
      await scratch.clear();
      expect(planOf(run).crashes.length).toBeGreaterThan(0);
    },
    LONG_MS,
  );

  test(
    'a rank that is killed is a crash of the algorithm, not of the job',
    async () => {
      const ending = srun('killed', slow);
      await until(() => isRunning('killed') && privateRecord(12) !== '', 'the start', LONG_MS);
      const pid = readHeader(privateRecord(12))?.pid ?? -1;
      expect(pid).toBeGreaterThan(1);
      signal(pid, 'SIGKILL');
      const run = await ending;
      expect(resultOf(run).verdict).toBe('pass');
      expect(masterEvents(run)).toContainEqual(
        expect.objectContaining({ kind: 'death', node: 12 }),
      );
      expect(existsSync(runFiles.events(run, 12))).toBe(false);
      await expectCheck(run);
    },
    LONG_MS,
  );

  test(
    'a host that is cut off for a while changes nothing but time; all records come home',
    async () => {
      const ending = srun('cut', slow);
      await until(() => isRunning('cut'), 'the start', LONG_MS);
      const rules = 'table inet cut { chain in { type filter hook input priority 0; drop; }; }';
      await lab.on('h3', ['nft', rules]);
      await pause(2_000);
      await lab.on('h3', ['nft', 'delete', 'table', 'inet', 'cut']);
      const run = await ending;
      expect(resultOf(run)).toMatchObject({ verdict: 'pass' });
      expect(masterEvents(run).filter(({ kind }) => kind === 'death')).toEqual([]);
      for (let id = 1; id <= N; id += 1) {
        expect(nodeEvents(run, id).at(-1)).toMatchObject({ kind: 'statistics' });
      }
      expect(HOSTS.map((host) => readdirSync(lab.tmpOf(host)).join())).toEqual([
        expect.any(String),
        expect.not.stringContaining('within-node-1'),
        expect.any(String),
      ]);
      await expectCheck(run);
    },
    LONG_MS,
  );

  test(
    'a sweep as a job array: the same rows as on one machine, and nothing is made twice',
    async () => {
      const folder = join(lab.directory, 'swept');
      const question = ['--vary', 'n=6..8', '--vary', 'algorithm=mean,midpoint', '--repeat', '4'];
      const words = ['slurm', config, ...question, '--tasks', '5', '--folder', folder, '--submit'];
      const said = await within([...words, '--json']);
      const { results } = JSON.parse(said) as { readonly results: string };
      const gathered = (): boolean => existsSync(join(results, 'runs.csv'));
      await until(gathered, 'the last job of the sweep', LONG_MS);
      const parts = readdirSync(join(results, 'parts'));
      expect(parts).toHaveLength(5);
      const scratch = openScratch();
      const alone = ['sweep', config, ...question, '--csv', '-'];
      const { stdout } = await scratch.launch([...alone, '--out', join(scratch.directory, 'alone')])
        .ended;
      expect(readFileSync(join(results, 'runs.csv'), 'utf8')).toBe(stdout);
      const again = await scratch.launch(['sweep', '--resume', results, '--part', '2/5']).ended;
      expect(again.code).toBe(0);
      const lines = readFileSync(join(results, 'runs.jsonl'), 'utf8').split('\n').length - 1;
      expect(lines).toBe(stdout.trimEnd().split('\n').length - 1);
      await scratch.clear();
    },
    LONG_MS,
  );
});
