/**
 * The auditor's teeth: one change anywhere in the record of a run that passed, and it must not pass
 * any more, unless the changed record is again that of a legal run. docs/check.md names the classes
 * of such changes; `legalClass` below is that list, and every class must really occur.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { algorithms } from '../../../agreement/algorithms.ts';
import { allNodes } from '../../../agreement/resilience.ts';
import { judge } from '../../../checker/verdict.ts';
import { configDigest } from '../../../record/config-digest.ts';
import type { RunConfig } from '../../../configs/run-config.ts';
import { EVENT_SCHEMA } from '../../../record/events.ts';
import type { LauncherEvent } from '../../../record/events.ts';
import { readRun } from '../../../record/read-run.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import { recordRun } from '../../../simulator/record-run.ts';
import { noFaults, playRun, smallConfig, writeRun } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';
import { legalClass, legalClasses } from './legal-changes.ts';
import { mutantsOf } from './mutants.ts';
import type { Mutant } from './mutants.ts';

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

const inputs = [0, 1, 0.3].map((input, i) => ({ id: i + 1, input, host: 'h', port: 0 }));

const scripted = (faults: Partial<RunConfig['faults']>): RunConfig =>
  smallConfig({
    nodes: inputs,
    f: 1,
    epsilon: 0.1,
    faults: {
      ...noFaults,
      candidates: [],
      scriptedCrashes: [{ node: 3, round: 1, extent: { after: 1 } }],
      ...faults,
    },
  });

/** As the launcher of the cluster would have seen it. */
function launcherOf({ nodes, config }: RecordedRun): LauncherEvent[] {
  const ids = [0, ...nodes.keys()];
  const { crashMode } = config.faults;
  const exit = (id: number): { code: number | null; signal: string | null } => {
    const isCrashed = nodes.get(id)?.some(({ kind }) => kind === 'crash') === true;
    if (!isCrashed) return { code: 0, signal: null };
    return crashMode === 'silent' ? { code: null, signal: 'SIGKILL' } : { code: 2, signal: null };
  };
  return [
    ...ids.map((node) => ({ kind: 'spawned' as const, t: node, node, pid: 4000 + node })),
    ...ids.map((node) => ({ kind: 'exited' as const, t: 1e8 + node, node, ...exit(node) })),
  ];
}

/** Written, and read back. */
function played(config: RunConfig): RunRecord {
  const run = playRun(config);
  run.launcher = launcherOf(run);
  const directory = writeRun(run);
  directories.push(directory);
  return readRun(directory);
}

function simulated(config: RunConfig): RunRecord {
  const directory = writeRun({ ...playRun(config), nodes: new Map(), launcher: null });
  directories.push(directory);
  rmSync(join(directory, 'master.ndjson'));
  const algorithm = algorithms.get(config.algorithm)!;
  recordRun({ directory, config, algorithm, digest: 'a simulated run of a test' });
  return readRun(directory);
}

const hold = { from: 1, to: 2, firstRound: 0, lastRound: 0, untilMs: 8 };
const records = {
  'a run of the cluster': played(scripted({ holds: [hold], crashMode: 'silent' })),
  'a simulated run': simulated(
    scripted({
      holds: [hold],
      crashMode: 'announce',
      uses: [{ nodes: [2], firstRound: 0, lastRound: 0, from: [2, 3] }],
    }),
  ),
};

const isNoticed = ({ record }: Mutant): boolean => judge(record).verdict !== 'pass';

/** Judged once for both tests below. */
const survivorsOf = (record: RunRecord): { of: number; survivors: Mutant[] } => {
  const mutants = [...mutantsOf(record)];
  return { of: mutants.length, survivors: mutants.filter((mutant) => !isNoticed(mutant)) };
};
const seenClasses = new Set<string | null>();

const inWords = ({ file, index, before, change, value }: Mutant): string =>
  `${file}:${index + 2} ${JSON.stringify(before)}: ${change} ${value === undefined ? '' : JSON.stringify(value)}`;

describe.each(Object.entries(records))('%s', (_name, record) => {
  test('passes as it is', () => {
    expect(judge(record)).toMatchObject({ verdict: 'pass', reasons: [] });
  });

  test('no other single change of any line or field goes unnoticed', () => {
    const { of, survivors } = survivorsOf(record);
    const unexplained = survivors.filter((mutant) => legalClass(mutant) === null);
    expect(unexplained.map(inWords)).toEqual([]);
    expect(of).toBeGreaterThan(700);
    // Nearly all changes are noticed: the classes are no cover for a blind auditor.
    expect(survivors.length / of).toBeLessThan(0.25);
    for (const mutant of survivors) seenClasses.add(legalClass(mutant));
  });
});

test('every class of legal changes does occur', () => {
  expect(seenClasses).toEqual(new Set(legalClasses));
});

test('a header that names another run, process or node makes the file a stranger', () => {
  const { directory } = records['a run of the cluster'];
  for (const file of ['node-1.ndjson', 'node-3.ndjson', 'launcher.ndjson']) {
    const path = join(directory, file);
    const text = readFileSync(path, 'utf8');
    const [first = '', ...rest] = text.split('\n');
    const header = JSON.parse(first) as Record<string, unknown>;
    for (const change of [
      { run: 'run-2' },
      { process: 'simulator' },
      { id: 2 },
      { schema: EVENT_SCHEMA + 1 },
    ]) {
      writeFileSync(path, [JSON.stringify({ ...header, ...change }), ...rest].join('\n'));
      expect({ change, verdict: judge(readRun(directory)).verdict }).not.toMatchObject({
        verdict: 'pass',
      });
    }
    writeFileSync(path, text);
  }
  expect(judge(readRun(directory)).verdict).toBe('pass');
});

/** Every leaf of a document, changed. */
function* changedLeaves(part: unknown, path: string): Generator<[string, unknown]> {
  if (typeof part === 'object' && part !== null) {
    for (const [key, inner] of Object.entries(part)) {
      for (const [where, changed] of changedLeaves(inner, `${path}.${key}`)) {
        const copy = structuredClone(part) as Record<string, unknown>;
        copy[key] = changed;
        yield [where, copy];
      }
    }
  } else if (typeof part === 'number') yield [path, part + 1];
  else if (typeof part === 'boolean') yield [path, !part];
  else if (typeof part === 'string') yield [path, `${part}x`];
}

test('no field of the config that decides a run can be changed, nor any of the plan', () => {
  const record = records['a simulated run'];
  expect(judge(record).verdict).toBe('pass');
  const passed: string[] = [];
  for (const [path, config] of changedLeaves(record.config, 'config')) {
    const changed = config as RunConfig;
    const { verdict } = judge({ ...record, config: changed, digest: configDigest(changed) });
    if (verdict === 'pass') passed.push(path);
  }
  for (const [path, plan] of changedLeaves(record.plan, 'plan')) {
    const changed = { ...record, plan: plan as RunRecord['plan'] };
    if (judge(changed).verdict === 'pass') passed.push(path);
  }
  // What decides nothing: the name, where the seed came from, the addresses.
  const undeciding = /^config\.(name|seedFrom|master\.\w+|nodes\.\d\.(host|port))$/;
  expect(passed.filter((path) => !undeciding.test(path))).toEqual([]);
  expect(passed.length).toBeGreaterThan(5);
});

const aConfig = fc
  .record({
    values: fc.array(fc.double({ noNaN: true, min: -2, max: 2 }), { minLength: 3, maxLength: 6 }),
    algorithm: fc.constantFrom('mean', 'midpoint', 'select'),
    probability: fc.constantFrom(0, 0.05, 1),
    crashMode: fc.constantFrom('announce' as const, 'silent' as const),
    stop: fc.constantFrom('frozen' as const, 'rounds' as const),
    order: fc.constantFrom('fifo' as const, 'any' as const),
    delayMs: fc.constantFrom(null, 0, 1),
    seed: fc.nat({ max: 1e6 }),
  })
  .map(({ values, algorithm, probability, crashMode, stop, order, delayMs, seed }) => {
    const nodes = values.map((input, i) => ({ id: i + 1, input, host: 'h', port: 0 }));
    const crash = { probability, per: 'send' as const };
    const candidates = allNodes(nodes.length);
    const delay = delayMs === null ? noFaults.delay : ({ kind: 'constant', delayMs } as const);
    const faults = { ...noFaults, crash, crashMode, candidates, order, delay };
    const f = Math.floor((nodes.length - 1) / 2);
    return smallConfig({ nodes, f, algorithm, stop, seed, epsilon: 0.2, faults });
  });

test('nor does one of a random change in a random run', () => {
  const seen = { noticed: 0, legal: 0 };
  fc.assert(
    fc.property(
      aConfig,
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (config, isSimulated, draws) => {
        const record = isSimulated ? simulated(config) : played(config);
        expect(judge(record).reasons).toEqual([]);
        const mutants = [...mutantsOf(record)];
        for (const draw of draws.take(12)) {
          const mutant = mutants[draw % mutants.length]!;
          const isLegal = !isNoticed(mutant);
          if (isLegal) expect([inWords(mutant), legalClass(mutant)]).not.toContain(null);
          seen[isLegal ? 'legal' : 'noticed'] += 1;
        }
      },
    ),
    // A fixed choice: what is found by other seeds is a class to name, not a reason to fail at random.
    { numRuns: 25, seed: Number(process.env['SEED'] ?? 20261122) },
  );
  expect(seen.noticed).toBeGreaterThan(150);
  expect(seen.legal).toBeGreaterThan(0);
});
