/** report.html in the hands of a reader: saving, keyboard, colours, sizes, a browser without scripts. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Result } from '../../record/result.ts';
import { runFiles } from '../../record/run-directory.ts';
import { describeInBrowser, drawn, openBrowser, openFile } from '../fixtures/browser.ts';
import type { OpenPage } from '../fixtures/browser.ts';
import { openScratch, resultOf, sample } from '../fixtures/launched.ts';

describeInBrowser('a reader of the report', () => {
  const scratch = openScratch();
  let browser: Browser;
  let open: OpenPage;
  let run: string;
  let result: Result;

  beforeAll(async () => {
    await scratch.cluster([sample('5nodes')]);
    run = scratch.run() ?? '';
    result = resultOf(run);
    browser = await openBrowser();
    open = await openFile(browser, runFiles.report(run));
  });

  afterAll(async () => {
    await browser.close();
    await scratch.clear();
  });

  const save = async (panel: string, kind: string): Promise<{ name: string; content: Buffer }> => {
    const [download] = await Promise.all([
      open.page.waitForEvent('download'),
      open.page.locator(`#${panel} [data-save="${kind}"]`).click(),
    ]);
    return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
  };

  test('every plot can be saved as SVG and PNG', async () => {
    const charts = await open.page.evaluate<string[]>('[...within.charts.keys()]');
    expect(charts).toHaveLength(8);
    for (const chart of charts) {
      const svg = await save(chart, 'svg');
      expect(svg.name).toBe(`5nodes-7-${chart}.svg`);
      expect(svg.content.toString()).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg.content.toString().match(/<(path|text|polyline)/g)?.length).toBeGreaterThan(10);
    }
    const png = await save('values', 'png');
    expect(png.name).toBe('5nodes-7-values.png');
    expect(png.content.subarray(1, 4).toString()).toBe('PNG');
    expect(png.content.length).toBeGreaterThan(5_000);
  });

  test('every table can be saved as CSV and read on the page', async () => {
    const { content } = await save('spread', 'csv');
    const rows = content.toString().trimEnd().split('\n');
    expect(rows.slice(1).map((row) => Number(row.split(',')[4]))).toEqual(
      result.statistics.rounds.map(({ spread }) => spread),
    );
    await open.page.locator('#spread summary').click();
    await open.page.locator('#spread details tbody tr').first().waitFor();
    const cells = await open.page.locator('#spread details tbody tr').allInnerTexts();
    expect(cells.map((row) => Number(row.split('\t')[4]))).toEqual(
      result.statistics.rounds.map(({ spread }) => spread),
    );
    expect(await open.page.locator('[data-save="csv"]').count()).toBe(9);
  });

  test('can be used without a mouse and without seeing it', async () => {
    const { page } = open;
    const charts = page.locator('[data-chart]');
    for (let index = 0; index < (await charts.count()); index += 1) {
      expect(await charts.nth(index).getAttribute('role')).toBe('img');
      expect((await charts.nth(index).getAttribute('aria-label'))?.length).toBeGreaterThan(20);
      expect(await charts.nth(index).getAttribute('tabindex')).toBe('0');
    }
    for (const name of ['Values per round', 'Spread per round', 'Who heard whom']) {
      expect(await page.getByRole('region', { name, exact: true }).count()).toBe(1);
    }
    expect(await page.getByRole('button', { name: /^$/ }).count()).toBe(0);
    await page.locator('[data-chart="space-time"]').focus();
    await page.keyboard.press('+');
    const [zoomed] = (await drawn(page, 'space-time')).dataZoom;
    expect((zoomed?.end ?? 100) - (zoomed?.start ?? 0)).toBe(50);
    await page.keyboard.press('ArrowRight');
    expect((await drawn(page, 'space-time')).dataZoom[0]?.start).toBeGreaterThan(
      zoomed?.start ?? 100,
    );
    await page.keyboard.press('0');
    expect((await drawn(page, 'space-time')).dataZoom[0]).toEqual({ start: 0, end: 100 });
  });

  test('is light or dark as the system is, until the switch is pressed', async () => {
    const file = runFiles.report(run);
    const ground = async ({ page }: OpenPage): Promise<string> =>
      page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const [light, dark] = [
      await openFile(browser, file, { colorScheme: 'light' }),
      await openFile(browser, file, { colorScheme: 'dark' }),
    ];
    const colours = [await ground(light), await ground(dark)];
    expect(colours).toEqual(['rgb(244, 246, 248)', 'rgb(15, 19, 23)']);
    const ink = (at: OpenPage): Promise<string> =>
      at.page.evaluate<string>(
        "within.charts.get('values').instance().getOption().textStyle.color",
      );
    const before = await ink(light);
    await light.page.getByRole('button', { name: /light and dark/ }).click();
    expect(await ground(light)).toBe(colours[1]);
    expect(await ink(light)).not.toBe(before);
    expect(light.problems.concat(dark.problems)).toEqual([]);
  });

  test('says the summary to a browser without scripts', async () => {
    const { page } = await openFile(browser, runFiles.report(run), { javaScriptEnabled: false });
    const summary = readFileSync(runFiles.summary(run), 'utf8');
    expect((await page.locator('noscript').innerText()).trim()).toBe(summary.trim());
  });

  test('fits a projector and a narrow window', async () => {
    for (const viewport of [
      { width: 1920, height: 1080 },
      { width: 800, height: 900 },
    ]) {
      const { page } = await openFile(browser, runFiles.report(run), { viewport });
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(viewport.width);
    }
  });

  test('sees no error, and the page asks nobody for anything', () => {
    expect(open.requests).toEqual([]);
    expect(open.problems).toEqual([]);
  });
});
