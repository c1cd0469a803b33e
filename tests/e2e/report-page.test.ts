/** report.html of a real run in a real browser: the plots show the run's own numbers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Result } from '../../record/result.ts';
import { runFiles } from '../../record/run-directory.ts';
import { describeInBrowser, drawn, openBrowser, openFile, seriesOf } from '../fixtures/browser.ts';
import type { OpenPage } from '../fixtures/browser.ts';
import { nodeEvents, openScratch, resultOf, sample } from '../fixtures/launched.ts';

describeInBrowser('the report of five real processes, two of which crash', () => {
  const scratch = openScratch();
  let browser: Browser;
  let open: OpenPage;
  let run: string;
  let result: Result;

  beforeAll(async () => {
    const { stdout } = await scratch.cluster([sample('5nodes')]);
    run = scratch.run() ?? '';
    expect(stdout).toContain(`report  `);
    result = resultOf(run);
    browser = await openBrowser();
    open = await openFile(browser, runFiles.report(run));
  });

  afterAll(async () => {
    await browser.close();
    await scratch.clear();
  });

  const textOf = async (selector: string): Promise<string> =>
    (await open.page.locator(selector).first().innerText()).replaceAll(/\s+/g, ' ');

  test('says the verdict and why, and each property with its sentence', async () => {
    expect(await textOf('.verdict-head .word')).toBe(result.verdict.toUpperCase());
    expect(await textOf('.verdict-head .reason')).toBe(result.reason);
    const cards = await open.page.locator('.property').allInnerTexts();
    const { validity, agreement, termination, faultBound } = result.properties;
    expect(cards).toHaveLength(4);
    [validity, agreement, termination, faultBound].forEach(({ state, sentence }, index) => {
      expect(cards[index]).toContain(state);
      expect(cards[index]).toContain(sentence);
    });
  });

  test('verdict, properties and both plots are seen without scrolling', async () => {
    for (const chart of ['values', 'spread']) {
      const box = await open.page.locator(`[data-chart="${chart}"]`).boundingBox();
      expect(box?.height).toBeGreaterThan(250);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(768);
    }
  });

  test('draws the values that the nodes reported', async () => {
    const option = await drawn(open.page, 'values');
    let points = 0;
    for (const id of [1, 2, 3, 4, 5]) {
      const line = seriesOf(option, `node-${id}`) as { value: [number, number | null] }[];
      for (const event of nodeEvents(run, id)) {
        if (event.kind !== 'report') continue;
        expect(line[event.round]?.value).toEqual([event.round, event.value]);
        points += 1;
      }
    }
    expect(points).toBeGreaterThan(10);
  });

  test('marks the crashes and the outputs', async () => {
    const option = await drawn(open.page, 'values');
    const fired = result.ledger.filter(({ status }) => status === 'fired');
    const crashes = seriesOf(option, 'crashes') as { name: string; value: [number, number] }[];
    expect(crashes.map(({ name, value }) => [name, value[0]]).sort()).toEqual(
      fired.map(({ node, round }) => [`node ${node}`, round]).sort(),
    );
    expect(seriesOf(option, 'outputs')).toHaveLength(result.properties.termination.done);
  });

  test('draws the spread of result.json, the proven bound and ε', async () => {
    const option = await drawn(open.page, 'spread');
    const steps = seriesOf(option, 'spread') as { value: [number, number]; spread: number }[];
    expect(steps.map(({ spread }) => spread)).toEqual(
      result.statistics.rounds.map(({ spread }) => spread),
    );
    for (const { value, spread } of steps) expect(spread === 0 || value[1] === spread).toBe(true);
    const factor = result.statistics.contraction.proven ?? NaN;
    const first = result.statistics.rounds[0]?.spread ?? NaN;
    (seriesOf(option, 'bound') as [number, number][]).forEach(([round, bound]) => {
      expect(bound).toBeCloseTo(factor ** round * first, 12);
    });
    const [epsilon] = seriesOf(option, 'epsilon') as { value: [number, number] }[];
    expect(epsilon?.value[1]).toBe(result.identity.epsilon);
    const factors = seriesOf(option, 'contraction') as [number, number][];
    expect(factors).toEqual(
      result.statistics.rounds
        .filter(({ contraction }) => contraction !== null)
        .map(({ round, contraction }) => [round, contraction]),
    );
  });

  test('a spread of exactly 0 is drawn below everything that has a logarithm, as 0', async () => {
    const option = await drawn(open.page, 'spread');
    const steps = seriesOf(option, 'spread') as {
      value: [number, number];
      spread: number;
      symbol: string;
    }[];
    const zeros = steps.filter(({ spread }) => spread === 0);
    const positive = steps.filter(({ spread }) => spread > 0).map(({ value }) => value[1]);
    for (const { value, symbol } of zeros) {
      expect(value[1]).toBeLessThan(Math.min(...positive, result.identity.epsilon ?? 1) / 10);
      expect(symbol).toBe('triangle');
    }
    for (const { symbol } of steps.filter(({ spread }) => spread > 0))
      expect(symbol).toMatch(/circle/i);
  });

  test('has an arrow per message, and the counts of result.json', async () => {
    const { sent, late, pending } = result.statistics.messages;
    const lost = await countOf('lost in a crash');
    const option = await drawn(open.page, 'space-time');
    expect(seriesOf(option, 'messages')).toHaveLength(sent + lost);
    expect(await countOf('late')).toBe(late);
    expect(await countOf('still waiting')).toBe(pending);
  });

  const countOf = async (fate: string): Promise<number> => {
    const label = open.page.locator('#space-time .fates label', { hasText: fate });
    if ((await label.count()) === 0) return 0;
    return Number((await label.locator('small').innerText()).replaceAll(',', ''));
  };

  test('a click on a message tells its story, in either axis', async () => {
    const { page } = open;
    for (const axis of ['round', 'time']) {
      await page.locator('#space-time select').first().selectOption(axis);
      const { rows, x, y } = await page.evaluate<{ rows: number; x: number; y: number }>(`(() => {
        const chart = within.charts.get('space-time').instance();
        chart.getDom().scrollIntoView({ block: 'center', behavior: 'instant' });
        const series = chart.getOption().series.find(({ id }) => id === 'messages');
        const arrow = series.data.find(([, , end]) => end > 0);
        const at = (point) => chart.convertToPixel({ gridIndex: 0 }, point);
        const [start, end] = [at(arrow.slice(0, 2)), at(arrow.slice(2))];
        const box = chart.getDom().getBoundingClientRect();
        const middle = (i) => start[i] + 0.9 * (end[i] - start[i]);
        return { rows: series.data.length, x: box.x + middle(0), y: box.y + middle(1) };
      })()`);
      expect(rows).toBeGreaterThan(50);
      await page.mouse.click(x, y);
      const story = await textOf('#space-time .details');
      expect(story).toMatch(/message node \d to node \d, round \d+ value [\d.]+ fate /);
      expect(story).toMatch(/handed over/);
    }
    await page.locator('#space-time select').first().selectOption('round');
  });

  test('fates and nodes can be left out', async () => {
    const { page } = open;
    const before = seriesOf(await drawn(page, 'space-time'), 'messages').length;
    const used = page.locator('#space-time .fates label', { hasText: 'used' }).locator('input');
    await used.uncheck();
    expect(seriesOf(await drawn(page, 'space-time'), 'messages')).toHaveLength(
      before - (await countOf('used')),
    );
    await used.check();
    await page.locator('#space-time select').nth(1).selectOption({ label: 'node 2' });
    const ofTwo = seriesOf(await drawn(page, 'space-time'), 'messages') as number[][];
    expect(ofTwo.every(([, from, , to]) => from === 2 || to === 2)).toBe(true);
    await page.locator('#space-time select').nth(1).selectOption('');
  });

  test('shows who heard whom in every round, by keyboard too', async () => {
    const { page } = open;
    const slider = page.getByRole('slider', { name: 'Round' });
    await slider.focus();
    for (let round = 0; round < 3; round += 1) {
      const cells = seriesOf(await drawn(page, 'heard'), 'heard') as [number, number, number][];
      for (const id of [1, 2, 3, 4, 5]) {
        const next = nodeEvents(run, id).find(
          (event) => event.kind === 'report' && event.round === round + 1,
        );
        if (next?.kind !== 'report') continue;
        const heard = cells.filter(([, to, kind]) => to === id - 1 && (kind === 0 || kind === 7));
        expect(heard.map(([from]) => from + 1).sort()).toEqual([...next.used].sort());
      }
      await page.keyboard.press('ArrowRight');
    }
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^round 3 of \d+$/);
  });

  test('counts delays, CPU, traffic and faults as result.json does', async () => {
    const { page } = open;
    const { messages, processes } = result.statistics;
    const delays = await drawn(page, 'delays');
    for (const id of ['asked', 'actual']) {
      const total = (seriesOf(delays, id) as number[]).reduce((sum, count) => sum + count, 0);
      expect(total).toBe(messages.delivered);
    }
    const resources = await drawn(page, 'resources');
    const user = seriesOf(resources, 'CPU, user') as (number | null)[];
    const system = seriesOf(resources, 'CPU, system') as (number | null)[];
    for (const { id, cpuMs } of processes)
      expect((user[id] ?? 0) + (system[id] ?? 0)).toBeCloseTo(cpuMs, 6);
    expect(user.filter((ms) => ms !== null)).toHaveLength(processes.length);
    const types = await page.locator('#traffic .after table tbody tr').allInnerTexts();
    expect(types.map((row) => row.split('\t').map((cell) => cell.trim()))).toEqual(
      Object.entries(messages.traffic).map(([type, { messages: count, bytes }]) => [
        type,
        String(count),
        String(bytes),
      ]),
    );
    const ledger = await page.locator('#faults .ledger tbody tr').allInnerTexts();
    expect(ledger).toHaveLength(result.ledger.length);
    result.ledger.forEach(({ sentence }, index) => {
      expect(ledger[index]).toContain(sentence);
    });
  });

  test('is under 1 MB, asks nobody for anything and says no error', () => {
    expect(readFileSync(runFiles.report(run)).length).toBeLessThan(1_000_000);
    expect(open.requests).toEqual([]);
    expect(open.problems).toEqual([]);
  });
});
