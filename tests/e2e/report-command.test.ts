/** npm run report and npm run explain as black boxes. */
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runFiles } from '../../record/run-directory.ts';
import type { Forecast } from '../../report/forecast/forecast.ts';
import { openScratch, planOf, resultOf, sample } from '../fixtures/launched.ts';

const scratch = openScratch();
const run: string[] = [];

beforeAll(async () => {
  for (const seed of ['7', '8']) {
    await scratch.cluster([sample('5nodes'), '--seed', seed]);
    run.push(scratch.run() ?? '');
  }
});

afterAll(() => scratch.clear());

const report = (...words: string[]) => scratch.launch(['report', ...words]).ended;
const [first, second] = [() => run[0] ?? '', () => run[1] ?? ''];

describe('npm run report', () => {
  test('makes the page, the result and the summary again from the record alone', async () => {
    const files = [runFiles.report, runFiles.result, runFiles.summary].map((file) => file(first()));
    const before = files.map((file) => readFileSync(file, 'utf8'));
    for (const file of files) rmSync(file);
    const { code, stdout } = await report(first());
    expect(code).toBe(0);
    expect(stdout).toContain('report.html');
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  });

  test('exports every format into the run directory', async () => {
    const formats = {
      shiviz: 'shiviz.log',
      perfetto: 'trace.json',
      jsonl: 'events.jsonl',
      junit: 'junit.xml',
    };
    for (const [format, file] of Object.entries(formats)) {
      expect((await report(first(), '--export', format)).code).toBe(0);
      expect(statSync(join(first(), file)).size).toBeGreaterThan(500);
    }
    expect((await report(first(), '--export', 'csv')).code).toBe(0);
    expect(readdirSync(join(first(), 'csv'))).toHaveLength(9);
  });

  test('exports to standard output, and nothing else is written there', async () => {
    const { code, stdout, stderr } = await report(first(), '--export', 'junit', '--out', '-');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(readFileSync(join(first(), 'junit.xml'), 'utf8'));
  });

  test('compares two runs on one page', async () => {
    const out = join(scratch.directory, 'both.html');
    const { code, stdout } = await report('--compare', first(), second(), '--out', out, '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { written: string[] }).written).toHaveLength(1);
    expect(readFileSync(out, 'utf8')).toContain('"kind":"comparison"');
  });

  test('what cannot be done is said, with 254', async () => {
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [[join(scratch.directory, 'none')], /not a run directory/],
      [[], /Which run\?/],
      [['--compare', first()], /two runs/],
      [[first(), second()], /--compare/],
      [[first(), '--export', 'pdf'], /pdf/],
      [[first(), '--out', join(scratch.directory, 'none', 'x.html')], /cannot write there/],
      [[first(), '--export', 'csv', '--out', '-'], /several files/],
    ];
    for (const [words, says] of wrong) {
      const { code, stderr } = await report(...words);
      expect({ words, code, said: says.test(stderr) }).toEqual({ words, code: 254, said: true });
    }
  });
});

describe('npm run explain', () => {
  const explain = (...words: string[]) => scratch.launch(['explain', ...words]).ended;

  test('names the plan that the cluster carries out, and expects what it does', async () => {
    const { code, stdout } = await explain(sample('5nodes'), '--seed', '8', '--json');
    const forecast = JSON.parse(stdout) as Forecast;
    expect(code).toBe(0);
    const plan = planOf(second());
    const planned = forecast.plan.crashes.map(({ node, round, reached }) => ({
      node,
      round,
      reached,
    }));
    expect(planned).toEqual(
      plan.crashes.map(({ node, round, reached }) => ({ node, round, reached })),
    );
    const { rounds, statistics } = resultOf(second());
    expect(forecast.rounds.worstCase).toBe(rounds.worstCase);
    expect(forecast.rounds.contraction).toBe(statistics.contraction.proven);
    expect(forecast.sample?.verdicts.pass).toBe(200);
    expect(forecast.messages.worstCase).toBeGreaterThan(statistics.messages.sent);
    expect(rounds.deciding).toBeLessThanOrEqual(rounds.worstCase ?? 0);
  });

  test('a value is as many bytes as it says', async () => {
    const { stdout } = await explain(sample('5nodes'), '--sample', '0', '--json');
    const forecast = JSON.parse(stdout) as Forecast;
    const { messages, bytes } = resultOf(first()).statistics.messages.traffic['value'] ?? {
      messages: 0,
      bytes: 0,
    };
    expect(bytes / messages).toBeCloseTo(forecast.messages.bytesEach, 0);
    expect(forecast.sample).toBeNull();
  });

  test('runs nothing and leaves nothing', async () => {
    const before = readdirSync(scratch.runs);
    await explain(sample('3nodes'));
    expect(readdirSync(scratch.runs)).toEqual(before);
    expect(existsSync(join(scratch.runs, '3nodes'))).toBe(false);
  });

  test('a config that is wrong is refused with 254', async () => {
    const { code, stderr } = await explain(sample('5nodes'), '--f', '3');
    expect(code).toBe(254);
    expect(stderr).toMatch(/7/);
  });
});
