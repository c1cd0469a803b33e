import { readFileSync, rmSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { judge } from '../../../checker/verdict.ts';
import { readRun } from '../../../record/read-run.ts';
import { runFiles } from '../../../record/run-directory.ts';
import { duration, inBytes, short } from '../../../report/numbers.ts';
import { renderSummary } from '../../../report/summary.ts';
import type { Paint } from '../../../report/summary.ts';
import { writeResult } from '../../../report/write-result.ts';
import { noFaults, playRun, smallConfig, writeRun } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';

function summaryOf(run: RecordedRun, paint?: Paint): string {
  const directory = writeRun(run);
  const result = judge(readRun(directory));
  rmSync(directory, { recursive: true });
  return renderSummary(result, paint);
}

const scriptedCrashes = [{ node: 3, round: 2, extent: { after: 2 } }];
const crashing = smallConfig({ faults: { ...noFaults, scriptedCrashes } });

describe('the summary', () => {
  const text = summaryOf(playRun(crashing));
  const lines = text.split('\n');

  test('starts with the verdict and fits a screen', () => {
    expect(lines[0]).toBe('PASS  all four properties are proved from the record');
    expect(lines.length).toBeLessThan(30);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('has a line with numbers for each property', () => {
    expect(text).toMatch(/validity +proved +all \d+ known values lie in .* 0\.1 to 0\.9/);
    expect(text).toMatch(/ε-agreement +proved +the outputs are at most [\d.]+ apart; ε is 0\.001/);
    expect(text).toMatch(/termination +proved +4 of 4 correct nodes did output/);
    expect(text).toMatch(/at most f +proved +1 of at most f = 2 nodes failed \(node 3\)/);
  });

  test('sets the rounds used against the proven worst case', () => {
    expect(text).toMatch(/rounds +\d used; proven worst case 17; limit 18; largest reached \d/);
    expect(text).toMatch(/spread by round: 0\.8 → /);
    expect(text).toMatch(/contraction per round: mean [\d.]+, worst [\d.]+, proven 0\.667/);
  });

  test('tells where the crash was', () => {
    expect(text).toContain('node 3 died in round 2 before its send to 1; 4 and 5 got it');
  });

  test('names the seed, where it came from, and the command that repeats it', () => {
    expect(text).toContain('seed 7 (from config)');
    expect(text).toContain("repeat  npm run cluster -- configs/small.txt --seed 7 --delay '0 5'");
  });

  test('is plain unless it is given colours', () => {
    const painted = summaryOf(playRun(crashing), (piece, tone) => `<${tone}>${piece}</>`);
    expect(painted.split('\n')[0]).toMatch(/^<good>PASS<\/> {2}all four/);
    expect(painted.replaceAll(/<\/?\w*>/g, '')).toBe(text);
  });
});

test('a phase that never began or ended has no duration', () => {
  const run = playRun(smallConfig());
  const begun = run.master.findIndex(({ kind }) => kind === 'start');
  run.master = [...run.master.slice(0, begun + 1), ...run.master.slice(-2)];
  for (const [id, events] of run.nodes) {
    run.nodes.set(
      id,
      events.filter(({ kind }) => kind !== 'output'),
    );
  }
  expect(run.master.map(({ kind }) => kind).slice(begun)).toEqual([
    'start',
    'finish',
    'statistics',
  ]);
  const text = summaryOf(run);
  expect(text).toMatch(/^time +processes up /m);
  expect(text).not.toMatch(/^time .*(agreement|stop) /m);
});

test('more reasons than fit are counted', () => {
  const run = playRun(smallConfig());
  run.master = [];
  for (const id of run.nodes.keys()) run.nodes.set(id, []);
  const lines = summaryOf(run).split('\n');
  expect(lines[0]).toBe('INCONCLUSIVE  the master left no finish record');
  expect(lines.filter((line) => line.startsWith('  also: ')).length).toBeLessThanOrEqual(4);
});

test('a long ledger shows what needs a look and counts the rest', () => {
  const nodes = Array.from({ length: 30 }, (_, i) => ({
    id: i + 1,
    input: i,
    host: 'h',
    port: 0,
  }));
  const faults = {
    ...noFaults,
    candidates: nodes.map(({ id }) => id),
    crash: { probability: 0.5, per: 'send' as const },
  };
  const text = summaryOf(playRun(smallConfig({ nodes, f: 3, epsilon: 1, faults })));
  expect(text.match(/fired +node/g)).toHaveLength(3);
  expect(text).toMatch(/and 27 skipped: see result\.json/);
});

test('a run of which nothing is known still has a summary', () => {
  const directory = writeRun(playRun(smallConfig()));
  for (const file of [runFiles.resolved(directory), runFiles.plan(directory)]) rmSync(file);
  rmSync(runFiles.events(directory, 0));
  const text = renderSummary(judge(readRun(directory)));
  rmSync(directory, { recursive: true });
  expect(text).toContain('INCONCLUSIVE');
  expect(text).toContain('the config is not known');
});

test('writeResult leaves result.json and summary.txt, and the same again when run again', async () => {
  const directory = writeRun(playRun(crashing));
  const result = await writeResult(directory);
  const json = readFileSync(runFiles.result(directory), 'utf8');
  const text = readFileSync(runFiles.summary(directory), 'utf8');
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(result)));
  expect(JSON.parse(json)).toMatchObject({ version: 1, verdict: 'pass', exitCode: 0 });
  expect(text).toBe(renderSummary(result));
  await writeResult(directory);
  expect(readFileSync(runFiles.result(directory), 'utf8')).toBe(json);
  rmSync(directory, { recursive: true });
});

test.each([
  [0.00043123, '0.000431'],
  [12.345, '12.3'],
  [0, '0'],
])('%d in short is %s', (x, expected) => {
  expect(short(x)).toBe(expected);
});

test.each([
  [0.04, '0 ms'],
  [4.26, '4.3 ms'],
  [42.6, '43 ms'],
  [1234, '1.2 s'],
])('%d milliseconds are %s', (ms, expected) => {
  expect(duration(ms)).toBe(expected);
});

test.each([
  [812, '812 B'],
  [4_210, '4.2 kB'],
  [61_400_000, '61 MB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(inBytes(bytes)).toBe(expected);
});
