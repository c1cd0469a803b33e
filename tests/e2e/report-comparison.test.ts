/** Two real runs beside each other in a real browser. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, drawn, openBrowser, openFile, seriesOf } from '../fixtures/browser.ts';
import type { OpenPage } from '../fixtures/browser.ts';
import { nodeEvents, openScratch, resultOf, sample } from '../fixtures/launched.ts';

describeInBrowser('two runs compared', () => {
  const scratch = openScratch();
  const runs: string[] = [];
  let browser: Browser;

  beforeAll(async () => {
    for (const algorithm of ['mean', 'midpoint']) {
      await scratch.cluster([sample('5nodes'), '--algorithm', algorithm]);
      runs.push(scratch.run() ?? '');
    }
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await scratch.clear();
  });

  const compare = async (left: string, right: string): Promise<OpenPage> => {
    const out = join(scratch.directory, 'comparison.html');
    const { code } = await scratch.launch(['report', '--compare', left, right, '--out', out]).ended;
    expect(code).toBe(0);
    return openFile(browser, out);
  };

  test('each side has its own verdict, values and spread', async () => {
    const [left = '', right = ''] = runs;
    const { page, problems, requests } = await compare(left, right);
    for (const [tag, run] of [
      ['a', left],
      ['b', right],
    ] as const) {
      const { rounds } = resultOf(run).statistics;
      const steps = seriesOf(await drawn(page, `spread-${tag}`), 'spread') as { spread: number }[];
      expect(steps.map(({ spread }) => spread)).toEqual(rounds.map(({ spread }) => spread));
    }
    expect(await page.locator('.verdict-head .word').count()).toBe(2);
    expect([...problems, ...requests]).toEqual([]);
  });

  test('the first difference is the first step in which the records differ', async () => {
    const [left = '', right = ''] = runs;
    const { page } = await compare(left, right);
    const sentence = await page.locator('.difference').innerText();
    const [, round = '', node = ''] =
      /round (\d+), node (\d)/i.exec(sentence) ?? /Node (\d)/.exec(sentence) ?? [];
    const reportOf = (run: string, id: number, of: number) =>
      nodeEvents(run, id).find((event) => event.kind === 'report' && event.round === of);
    for (let earlier = 0; earlier < Number(round); earlier += 1) {
      for (const id of [1, 2, 3, 4, 5]) {
        const [one, other] = [reportOf(left, id, earlier), reportOf(right, id, earlier)];
        expect(one?.kind === 'report' && one.value).toBe(other?.kind === 'report' && other.value);
      }
    }
    expect(sentence).toMatch(new RegExp(`node ${node}`, 'i'));
    expect(await page.locator('#difference').innerText()).toMatch(
      /algorithm\s+"mean"\s+"midpoint"/,
    );
  });

  test('a run is the same as itself', async () => {
    const [left = ''] = runs;
    const { page } = await compare(left, left);
    expect(await page.locator('.difference').getAttribute('data-kind')).toBe('none');
  });
});
