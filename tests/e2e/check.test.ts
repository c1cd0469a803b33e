/** npm run check on records of real processes, as they are and as somebody has changed them. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Result } from '../../record/result.ts';
import { runFiles } from '../../record/run-directory.ts';
import { allRuns, launcher, openScratch, sample } from '../fixtures/launched.ts';
import type { Finished, Scratch } from '../fixtures/launched.ts';

/** How many real runs are made and checked; `CHECKED_RUNS=100` for the full length. */
const CHECKED_RUNS = Number(process.env['CHECKED_RUNS'] ?? 4);
const RUN_TIMEOUT_MS = 60_000;

let scratch: Scratch;
/** A run of five nodes, of which node 3 was killed in mid-multicast. */
let run: string;

beforeAll(async () => {
  scratch = openScratch();
  const lines = [
    'f 2',
    'crash 0',
    'crash-mode silent',
    'crash 3 round 1 after 2',
    'delay 0 5',
    ...[0.1, 0.85, 0.4, 0.6, 0.9].map((input, i) => `node ${i + 1} ${input} 127.0.0.1 0`),
  ];
  const { code, stdout } = await scratch.cluster([scratch.config(lines, 'small')]);
  expect({ code, stdout }).toMatchObject({ code: 0 });
  run = scratch.run()!;
}, RUN_TIMEOUT_MS);

afterAll(() => scratch.clear());

const check = (...words: readonly string[]): Promise<Finished> =>
  scratch.launch(['check', ...words]).ended;

/** Checks the run with one file changed, and puts the file back. */
async function checkChanged(
  name: string,
  change: (text: string) => string,
  ...words: readonly string[]
): Promise<Finished> {
  const path = join(run, name);
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(path, changed);
  try {
    return await check(run, ...words);
  } finally {
    writeFileSync(path, text);
  }
}

interface Audits {
  readonly exitCode: number;
  readonly audits: readonly {
    readonly run: string;
    readonly result: Result;
    readonly differences: readonly string[] | null;
  }[];
}

describe('a run as it was recorded', () => {
  test('passes: every oracle with its numbers, the four properties, and one verdict', async () => {
    const { code, stdout, stderr } = await check(run);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^ {2}O1 {3}hull +proved +\d+ values within the inputs, 0\.1 to 0\.9; /m,
    );
    expect(stdout).toMatch(/^ {2}O23 {2}recomputed +proved +\d+ updates from the receive lines/m);
    expect(stdout).toMatch(/^ {2}O30 {2}virtual time +not applicable +the processes were real$/m);
    expect(stdout).not.toMatch(/^ {2}O\d+ .* (violated|unverifiable) /m);
    expect(stdout).toMatch(/^ {2}ε-agreement {2}proved /m);
    expect(stdout).toMatch(/^damage +none$/m);
    expect(stdout).toMatch(/^result\.json +says the same$/m);
    expect(stdout).toMatch(/^PASS {2}all four properties are proved from the record$/m);
  });

  test('with --json there is one JSON document on standard output and nothing else', async () => {
    const { code, stdout, stderr } = await check(run, '--json');
    const { exitCode, audits } = JSON.parse(stdout) as Audits;
    expect([code, exitCode]).toEqual([0, 0]);
    expect(audits).toMatchObject([{ run, differences: [], result: { verdict: 'pass' } }]);
    expect(audits[0]?.result.oracles.length).toBeGreaterThan(20);
    expect(stderr).toMatch(/^PASS /m);
  });

  test('needs neither result.json nor the file of the node that died', async () => {
    const files = ['result.json', 'summary.txt', 'node-3.ndjson'].map((name) => join(run, name));
    const texts = files.map((file) => readFileSync(file));
    for (const file of files) rmSync(file);
    const { code, stdout } = await check(run);
    files.forEach((file, i) => writeFileSync(file, texts[i]!));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^damage +node-3\.ndjson: no such file \(missing\)$/m);
    expect(stdout).toMatch(
      /^ {2}not checked: the file of node 3 is damaged or missing \(O1 O3 O4 [O\d ]+\)$/m,
    );
    expect(stdout).toMatch(/^result\.json +not there$/m);
  });
});

describe('a run that somebody has changed', () => {
  test('one bit of one value: 2, with the file and the line, and result.json is contradicted', async () => {
    const change = (text: string): string =>
      text.replace(
        /("kind":"report".*"round":1,"value":0\.\d+)(\d)/,
        (_, head: string, digit: string) => `${head}${(Number(digit) + 1) % 10}`,
      );
    const { code, stdout } = await checkChanged('node-4.ndjson', change);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^ {2}O23 +recomputed +violated /m);
    expect(stdout).toMatch(
      /^ {7}! node 4 went to .* in round 1; what it had heard gives .* \(node-4\.ndjson:\d+\)$/m,
    );
    expect(stdout).toMatch(/^result\.json +verdict: "pass", but the events say "inconclusive"$/m);
    expect(stdout).toMatch(/^INCONCLUSIVE /m);
  });

  test('an output outside the range of the inputs, in both files that tell it: 1', async () => {
    const master = runFiles.events(run, 0);
    const text = readFileSync(master, 'utf8');
    writeFileSync(master, text.replace(/("kind":"output".*"from":4,.*"value":)[\d.]+/, '$17'));
    const lie = (own: string): string => own.replace(/("kind":"output".*"value":)[\d.]+/, '$17');
    const { code, stdout } = await checkChanged('node-4.ndjson', lie);
    writeFileSync(master, text);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^VIOLATED {2}node 4 held 7 \(its output\), outside the range/m);
    expect(stdout).toMatch(/^ {2}O1 +hull +violated /m);
  });

  test('a larger ε in resolved.json: the digest is another', async () => {
    const change = (text: string): string => text.replace('"epsilon": 0.001', '"epsilon": 0.002');
    const { code, stdout } = await checkChanged('resolved.json', change);
    expect(code).toBe(2);
    expect(stdout).toMatch(/resolved\.json has the digest [0-9a-f]{12}; the run was started with/);
  });

  test('a better verdict in result.json changes nothing but a remark', async () => {
    const change = (text: string): string =>
      text
        .replace('"verdict": "pass"', '"verdict": "violated"')
        .replace('"exitCode": 0', '"exitCode": 1');
    const { code, stdout } = await checkChanged('result.json', change);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^result\.json +verdict: "violated", but the events say "pass"$/m);
  });

  test.each([
    ['cut in the middle of a line', (text: string) => text.slice(0, -20), /the last line is cut/],
    ['with a line of garbage', (text: string) => `${text}garbage\n`, /not a JSON object/],
    ['empty', () => '', /the file is empty/],
  ])('a file %s is named, and not crashed on', async (_what, change, named) => {
    const { code, stdout, stderr } = await checkChanged('node-4.ndjson', change);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(named);
  });
});

describe('what is no run', () => {
  test.each([
    ['a directory that is not there', () => join(scratch.directory, 'nowhere')],
    ['a file', () => sample('5nodes')],
    ['a directory without a record', () => scratch.directory],
  ])('%s: 254', async (_what, path) => {
    const { code, stderr, stdout } = await check(path());
    expect({ code, stdout }).toEqual({ code: 254, stdout: '' });
    expect(stderr).toMatch(/^within: .*Expected .* for example runs\/latest\.$/m);
  });

  test('no run at all: 254, and what to give', async () => {
    const { code, stderr } = await check();
    expect(code).toBe(254);
    expect(stderr).toMatch(/Which run\? Give its directory, e\.g\. runs\/latest/);
  });
});

describe('several runs at once', () => {
  test('a line each and a tally; the worst one gives the code', async () => {
    const empty = join(scratch.directory, 'empty');
    mkdirSync(empty);
    const broken = join(scratch.directory, 'broken');
    mkdirSync(broken);
    writeFileSync(runFiles.resolved(broken), readFileSync(runFiles.resolved(run)));
    const two = await check(run, broken);
    expect(two.code).toBe(2);
    expect(two.stdout).toMatch(
      /PASS .*\n[^]*INCONCLUSIVE [^]*2 runs: 1 pass, 0 violated, 1 inconclusive\n$/,
    );
    const three = await check(run, broken, empty);
    expect(three.code).toBe(254);
    expect(three.stdout).toMatch(/3 runs: 1 pass, 0 violated, 1 inconclusive, 1 not there\n$/);
  });

  test('a simulated run is audited like any other, and its times as well', async () => {
    const folder = join(scratch.directory, 'simulated');
    const { code } = await scratch.launch(['simulate', sample('5nodes'), '--folder', folder]).ended;
    expect(code).toBe(0);
    const [simulated = ''] = allRuns(folder);
    const audit = await check(simulated);
    expect(audit.code).toBe(0);
    expect(audit.stdout).toMatch(
      /^ {2}O30 {2}virtual time +proved +\d+ lines, each at its moment$/m,
    );
    const file = runFiles.events(simulated, 2);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/("kind":"receive","t":)(\d+)/, '$19$2'),
    );
    expect((await check(simulated)).code).toBe(2);
  });
});

test(
  `${CHECKED_RUNS} real runs pass the audit`,
  async () => {
    const samples = [
      '5nodes',
      'crash-heavy',
      'silent-crash',
      '7nodes',
      '3nodes',
      'scripted-faults',
    ];
    const many = openScratch();
    for (let i = 0; i < CHECKED_RUNS; i += 1) {
      const file = sample(samples[i % samples.length]!);
      const { code, stdout, stderr } = await many.cluster([file, '--seed', `${i}`]);
      // A scripted fault that was not reached is no fault of the record.
      if (code !== 0) expect({ file, i, code, stdout, stderr }).toMatchObject({ code: 2 });
    }
    const directories = allRuns(many.runs);
    expect(directories).toHaveLength(CHECKED_RUNS);
    const { stdout } = await check(...directories, '--json');
    const { audits } = JSON.parse(stdout) as Audits;
    const doubtful = audits.flatMap(({ run: where, result, differences }) => {
      const broken = result.oracles.filter(({ state }) => state === 'violated');
      const isRight = broken.length === 0 && differences?.length === 0;
      return isRight ? [] : [{ where, broken, differences }];
    });
    expect(doubtful).toEqual([]);
    const passed = audits.filter(({ result }) => result.verdict === 'pass');
    expect(passed.length).toBeGreaterThanOrEqual(CHECKED_RUNS * 0.9);
    await many.clear();
  },
  CHECKED_RUNS * RUN_TIMEOUT_MS,
);

test.each([['--json'], ['--table']])(
  'output that nobody could write, on a full disk, is no pass (%s)',
  async (flag) => {
    const command = ['bash', '-c', 'exec "$@" > /dev/full', 'full', ...launcher];
    const { code, stderr } = await scratch.launch(['check', run, flag], { command }).ended;
    expect(code).toBe(255);
    expect(stderr).toContain('standard output cannot be written (ENOSPC');
  },
);
