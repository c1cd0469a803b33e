/** What the oracles say of right runs, of users' rules, and of records with holes. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { algorithms } from '../../../agreement/algorithms.ts';
import { judge } from '../../../checker/verdict.ts';
import type { RunConfig } from '../../../configs/run-config.ts';
import { readRun } from '../../../record/read-run.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import { runFiles } from '../../../record/run-directory.ts';
import type { OracleResult, Result } from '../../../record/result.ts';
import { noFaults, playRun, smallConfig, writeRun } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';
import { crashing, judged } from './judged.ts';

const oracleOf = ({ oracles }: Result, id: string): OracleResult =>
  oracles.find((oracle) => oracle.id === id)!;

const small = (): RecordedRun => playRun(smallConfig());
const crashed = (): RecordedRun => playRun(crashing({ node: 3, round: 2, extent: { after: 2 } }));

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

function recordOf(run: RecordedRun): RunRecord {
  const directory = writeRun(run);
  directories.push(directory);
  return readRun(directory);
}

test('a right run with f crashes: everything that applies is proved', () => {
  const { oracles } = judged(crashed());
  const states = Object.fromEntries(oracles.map(({ id, state }) => [id, state]));
  expect(oracles.map(({ id }) => Number(id.slice(1)))).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
  ]);
  const { O13, O27, O30, O31, ...applied } = states;
  expect([O13, O27, O30, O31]).toEqual(Array(4).fill('not applicable'));
  expect(new Set(Object.values(applied))).toEqual(new Set(['proved']));
  for (const { witnesses, broken } of oracles)
    expect({ witnesses, broken }).toEqual({ witnesses: [], broken: 0 });
});

test('the numbers say how much was looked at', () => {
  const result = judged(crashed());
  const { messages } = result.statistics;
  expect(oracleOf(result, 'O2').numbers).toMatchObject({ numerator: 2, denominator: 3 });
  expect(oracleOf(result, 'O5').numbers).toMatchObject({ size: 3 });
  expect(oracleOf(result, 'O6').numbers['fewest']).toBeGreaterThanOrEqual(1);
  expect(oracleOf(result, 'O8').numbers).toMatchObject({ checked: 20, sent: messages.sent });
  expect(oracleOf(result, 'O21').numbers).toMatchObject({ sent: messages.sent, cut: 2 });
  expect(oracleOf(result, 'O26').numbers['checked']).toBe(messages.delivered + messages.pending);
  const updates = oracleOf(result, 'O23').numbers['checked'];
  expect(updates).toBeGreaterThan(15);
  expect(oracleOf(result, 'O1').numbers['updates']).toBe(updates);
});

describe('a rule of the user’s', () => {
  const own = (update: (sorted: Float64Array, f: number) => number): RunRecord => {
    const record = recordOf(small());
    const config: RunConfig = { ...record.config!, algorithm: './mine.ts', algorithmHash: 'abc' };
    return { ...record, config, own: { ...algorithms.get('mean')!, rule: { update } } };
  };
  const mean = algorithms.get('mean')!.rule!;

  test('is called again with the quorum that the receive lines give', () => {
    const result = judge(own((sorted, f) => mean.update(sorted, f)));
    expect(oracleOf(result, 'O23')).toMatchObject({ state: 'proved' });
    expect(oracleOf(result, 'O23').sentence).toContain("the user's rule");
  });

  test('O23 is broken when it does not give what was recorded', () => {
    const result = judge(own((sorted) => sorted[0]!));
    expect(oracleOf(result, 'O23').state).toBe('violated');
  });

  test('O3 is broken when no rounding explains where it goes', () => {
    const result = judge(own((sorted) => sorted[0]! - 1));
    expect(oracleOf(result, 'O3').witnesses[0]?.sentence).toMatch(/^no rounding takes /);
  });

  test('a whole participant has no updates to recompute, and is replayed all the same', () => {
    const record = own(() => 0);
    const participant = { ...algorithms.get('mean')!, rule: undefined };
    const result = judge({ ...record, own: participant as never });
    expect(oracleOf(result, 'O23').state).toBe('unverifiable');
    expect(oracleOf(result, 'O5').state).toBe('not applicable');
    expect(oracleOf(result, 'O4').state).toBe('proved');
    expect(result.verdict).toBe('pass');
  });
});

test('O20: −0 is in no record', () => {
  const nodes = smallConfig().nodes.map((node, i) => ({
    ...node,
    input: i === 0 ? 0 : node.input,
  }));
  const record = recordOf(playRun(smallConfig({ nodes, faults: noFaults })));
  const file = record.nodes.get(1)!;
  const events = file.events.map((event) =>
    event.kind === 'report' && event.round === 0 ? { ...event, value: -0 } : event,
  );
  const result = judge({ ...record, nodes: new Map([...record.nodes, [1, { ...file, events }]]) });
  expect(oracleOf(result, 'O20')).toMatchObject({ state: 'violated', broken: 1 });
});

describe('what could not be checked', () => {
  test('is named, and excused when it is about a dead node', () => {
    const result = judged(crashed(), (directory) => rmSync(`${directory}/node-3.ndjson`));
    expect(result.verdict).toBe('pass');
    expect(oracleOf(result, 'O23')).toMatchObject({
      state: 'proved',
      unchecked: ['the file of node 3 is damaged or missing'],
    });
  });

  test('leaves an oracle open when it is about a correct node', () => {
    const result = judged(small(), (directory) => rmSync(`${directory}/node-4.ndjson`));
    for (const id of ['O4', 'O5', 'O8', 'O23', 'O26']) {
      expect(oracleOf(result, id)).toMatchObject({ id, state: 'unverifiable' });
    }
    expect(result.verdict).toBe('inconclusive');
  });

  test('without a config nearly nothing can be said', () => {
    const result = judged(small(), (directory) => rmSync(`${directory}/resolved.json`));
    const open = result.oracles.filter(({ state }) => state === 'unverifiable');
    expect(open.length).toBeGreaterThan(10);
  });
});

test('the digest of another config than the run was started with breaks O24', () => {
  const record = recordOf(small());
  const command = { ...record.command!, digest: 'abcdef0123456789' };
  expect(judge({ ...record, command, digest: 'abcdef0123456789' }).verdict).toBe('pass');
  const result = judge({ ...record, command, digest: 'fedcba9876543210' });
  expect(result.verdict).toBe('inconclusive');
  expect(oracleOf(result, 'O24').witnesses[0]?.sentence).toBe(
    'resolved.json has the digest fedcba987654; the run was started with abcdef012345',
  );
});

test('a config that was changed on disk afterwards breaks O24, whoever judges', () => {
  const changed = (directory: string): void => {
    const resolved = runFiles.resolved(directory);
    const config = JSON.parse(readFileSync(resolved, 'utf8')) as RunConfig;
    writeFileSync(resolved, JSON.stringify({ ...config, patienceMs: config.patienceMs + 1 }));
  };
  expect(judged(small()).verdict).toBe('pass');
  const result = judged(small(), changed);
  expect(result.verdict).toBe('inconclusive');
  expect(oracleOf(result, 'O24')).toMatchObject({ state: 'violated', broken: 1 });
});

test.each([
  ['missing', (file: string) => rmSync(file)],
  ['broken', (file: string) => writeFileSync(file, '{')],
])('command.json is %s: nobody can say with which config the run was started', (_, damage) => {
  const result = judged(small(), (directory) => damage(runFiles.command(directory)));
  expect(result.verdict).toBe('inconclusive');
  expect(result.reason).toMatch(/^command.json: /);
  expect(result.damage).toHaveLength(1);
  expect(result.repeat).toContain('config.txt --seed 7');
});
