/** The page of a sweep in a real browser: what it draws are the rows and cells, and nothing leaves it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { SweepResult } from '../../report/sweep-data.ts';
import { describeInBrowser, drawn, openBrowser, openFile, seriesOf } from '../fixtures/browser.ts';
import { openScratch, sample } from '../fixtures/launched.ts';

interface Point {
  readonly value: readonly [number, number];
  readonly cell: number;
  readonly repetition: number;
}

interface RowLine {
  readonly cell: number;
  readonly repetition: number;
  readonly rounds: number;
}

describeInBrowser('the page of a sweep', () => {
  const scratch = openScratch();
  const out = join(scratch.directory, 'sweep');
  const page = join(out, 'report.html');
  let browser: Browser;
  let result: SweepResult;
  let rows: RowLine[];

  beforeAll(async () => {
    const vary = ['n=3..7', 'f=1,2', 'algorithm=mean,midpoint'].flatMap((axis) => ['--vary', axis]);
    await scratch.launch(['sweep', sample('5nodes'), ...vary, '--repeat', '8', '--out', out]).ended;
    const inOut = (name: string): string => readFileSync(join(out, name), 'utf8');
    result = JSON.parse(inOut('result.json')) as SweepResult;
    rows = inOut('runs.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RowLine);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await scratch.clear();
  });

  test('every run is a point, every cell a mean, and the theory is in the same plot', async () => {
    const { page: shown, problems, requests } = await openFile(browser, page);
    const option = await drawn(shown, 'sweep-rounds');
    const points = option.series
      .filter(({ id }) => id.startsWith('points'))
      .flatMap(({ data }) => data as Point[]);
    const seen = points.map(({ cell, repetition, value }) => `${cell}/${repetition}: ${value[1]}`);
    const expected = rows.map((row) => `${row.cell}/${row.repetition}: ${row.rounds}`);
    expect(seen.sort()).toEqual(expected.sort());
    for (const cell of result.cells.filter(({ skipped }) => skipped === null)) {
      const { f, algorithm } = cell.params;
      const centres = seriesOf(option, `centres ${f} ${algorithm}`) as {
        cell: { cell: number };
        value: number[];
      }[];
      const mine = centres.find((centre) => centre.cell.cell === cell.cell);
      expect(mine?.value[1]).toBe(cell.measures.rounds!.mean);
    }
    const worst = seriesOf(option, 'worst case 2 mean') as number[][];
    expect(worst).toEqual([
      [5, 18],
      [6, 10],
      [7, 8],
    ]);
    const bound = seriesOf(option, 'lower bound 1 mean') as number[][];
    expect(bound.map(([n]) => n)).toEqual([3, 4, 5, 6, 7]);
    expect([...problems, ...requests]).toEqual([]);
  });

  test('says what a reader must know, and what was skipped and why', async () => {
    const { page: shown } = await openFile(browser, page);
    const text = await shown.locator('main').innerText();
    expect(text).toContain('The crash hazard is per send, so n drives the death rate');
    expect(text).toContain('n = 3 is too small for f = 2');
    expect(text).toMatch(/160|128 runs pass/);
    expect(await shown.locator('.verdict-head .word').innerText()).toBe('PASS');
  });

  test('is no pass while runs are still to be made', async () => {
    const html = readFileSync(page, 'utf8');
    const unfinished = join(out, 'unfinished.html');
    writeFileSync(unfinished, html.replace('"missing":0', '"missing":3'));
    const { page: shown } = await openFile(browser, unfinished);
    expect(await shown.locator('.verdict-head .word').innerText()).toBe('INCOMPLETE');
    expect(await shown.locator('main').innerText()).toContain('3 runs are still to be made');
  });

  test('pairs: the drawn means are those of the result', async () => {
    const { page: shown } = await openFile(browser, page);
    const means = seriesOf(await drawn(shown, 'sweep-differences'), 'means') as {
      value: number[];
    }[];
    const expected = result.differences.filter(({ measure }) => measure === 'rounds');
    expect(means.map(({ value }) => value[0])).toEqual(expected.map(({ mean }) => mean));
    expect(means.length).toBeGreaterThan(5);
  });

  test('another name along the axis moves the first one to its place', async () => {
    const { page: shown, problems } = await openFile(browser, page);
    await shown.locator('#layout select').first().selectOption('f');
    const values = await shown
      .locator('#layout select')
      .evaluateAll((all) => all.map((one) => (one as unknown as { value: string }).value));
    expect(values).toEqual(['f', 'algorithm', 'n', 'mean']);
    const option = await drawn(shown, 'sweep-rounds');
    const points = option.series.filter(({ id }) => id.startsWith('points'));
    expect(points.flatMap(({ data }) => data)).toHaveLength(rows.length);
    expect(new Set(points.map(({ id }) => id.split(' ')[1]))).toEqual(
      new Set(['3', '4', '5', '6', '7']),
    );
    await shown.locator('#layout select').last().selectOption('median');
    const centres = seriesOf(await drawn(shown, 'sweep-rounds'), 'centres 5 mean') as {
      value: number[];
    }[];
    const cells = result.cells.filter(({ n, algorithm }) => n === 5 && algorithm === 'mean');
    expect(centres.map(({ value }) => value[1])).toEqual(
      cells.map(({ measures }) => measures.rounds!.median),
    );
    expect(problems).toEqual([]);
  });

  test('a plot goes away as SVG, its numbers as CSV', async () => {
    const { page: shown } = await openFile(browser, page);
    for (const [kind, begin] of [
      ['svg', '<svg'],
      ['csv', 'n,f,algorithm,count,min,q1,median'],
    ] as const) {
      const waiting = shown.waitForEvent('download');
      await shown.locator(`#rounds [data-save=${kind}]`).click();
      const path = await (await waiting).path();
      expect(readFileSync(path, 'utf8').startsWith(begin)).toBe(true);
    }
  });

  test('without scripts it still says the result', async () => {
    const { page: shown } = await openFile(browser, page, { javaScriptEnabled: false });
    expect(await shown.locator('noscript').innerText()).toContain('paired differences');
  });
});
