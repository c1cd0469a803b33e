/** The live page in a real browser, with real processes to pause, to kill and to hold apart. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, drawn, openBrowser, openUrl, seriesOf } from '../fixtures/browser.ts';
import type { OpenPage } from '../fixtures/browser.ts';
import { freePorts } from '../fixtures/free-ports.ts';
import { childPid, masterEvents, nodeEvents, openScratch, resultOf } from '../fixtures/launched.ts';
import type { Launched, Scratch } from '../fixtures/launched.ts';
import { isRunning, isStopped } from '../fixtures/os-process.ts';
import { pause, until } from '../fixtures/until.ts';

/** Slow enough for a person, or for a browser on a busy machine. */
const SLOW = ['f 2', 'seed 3', 'crash 0', 'delay 3000 3200', 'time-limit 300 s', 'patience 120 s'];
const INPUTS = [0.1, 0.85, 0.4, 1, 0];

/** Browser, processes and tests may share two busy cores. */
jest.setTimeout(180_000);

const linkOf = async (one: Launched): Promise<string> => {
  await until(() => /http:\S+/.test(one.stdout()), 'the link of the live page');
  return /http:\S+/.exec(one.stdout())?.[0] ?? '';
};

const inState = (page: Page, node: number, state: string) =>
  page.waitForSelector(`[data-node="${node}"][data-state="${state}"]`);

const press = (page: Page, act: string) => page.click(`[data-act="${act}"]`);

describeInBrowser('the live page', () => {
  let scratch: Scratch;
  let browser: Browser;

  beforeEach(async () => {
    scratch = openScratch();
    browser = await openBrowser();
  });

  afterEach(async () => {
    await browser.close();
    await scratch.clear();
  });

  const cluster = (...flags: string[]): Launched => {
    const nodes = INPUTS.map((input, i) => `node ${i + 1} ${input} 127.0.0.1 0`);
    const config = scratch.config([...SLOW, ...nodes], 'slow');
    return scratch.launch(['cluster', config, '--folder', scratch.runs, '--ui', ...flags]);
  };

  test('its buttons stop, continue and kill real processes, and all of it is in the record', async () => {
    const launched = cluster();
    const { page, problems, requests } = await openUrl(browser, await linkOf(launched));
    await inState(page, 3, 'running');
    const run = scratch.run() ?? '';
    const pidOf = (node: number): number => childPid(run, node) ?? -1;

    await press(page, 'pause-all');
    for (const node of [1, 2, 3, 4, 5]) await inState(page, node, 'paused');
    await until(() => [1, 2, 3, 4, 5].every((node) => isStopped(pidOf(node))), 'five that stand');
    await press(page, 'kill-2');
    await inState(page, 2, 'dead');
    await until(() => !isRunning(pidOf(2)), 'the end of node 2');
    await page.selectOption('.live select >> nth=0', '4');
    await page.selectOption('.live select >> nth=1', '1');
    await press(page, 'hold');
    await page.waitForSelector('[data-act="release-4-1"]');
    await press(page, 'resume-all');
    await until(() => [1, 3, 4, 5].every((node) => !isStopped(pidOf(node))), 'four that go on');
    await until(() => nodeEvents(run, 1).some(({ kind }) => kind === 'hold'), 'the hold at node 1');
    await press(page, 'release-4-1');

    await page.waitForSelector('.verdict-head.pass');
    const lines = await page.locator('.live .done').innerText();
    expect(lines).toMatch(/^kill 2 at \d+$/m);
    expect(lines).toMatch(/^hold 4 1 from \d+ until \d+$/m);
    expect(lines.match(/^pause \d from \d+ until \d+$/gm)).toHaveLength(5);
    await browser.close();
    const { code, stdout } = await launched.ended;
    expect(code).toBe(0);
    const events = masterEvents(run).map(({ kind }) => kind);
    for (const [kind, count] of Object.entries({
      pause: 5,
      resume: 4,
      kill: 1,
      hold: 1,
      release: 1,
    })) {
      expect({ kind, count: events.filter((each) => each === kind).length }).toEqual({
        kind,
        count,
      });
    }
    const { ledger } = resultOf(run);
    expect(ledger.filter(({ origin }) => origin === 'live').map(({ status }) => status)).toEqual(
      Array(7).fill('fired'),
    );
    expect(stdout).toMatch(/node 2 died .*, killed by hand \d+ ms after the start/);
    expect([...problems, ...requests]).toEqual([]);
    const audit = await scratch.launch(['check', run]).ended;
    expect(audit.code).toBe(0);

    // The same by script, in virtual time: nobody has to be there with a hand on the button.
    const { repeat } = resultOf(run);
    const acts = [...repeat.matchAll(/--(kill|pause|hold) '([^']+)'/g)];
    expect(acts).toHaveLength(7);
    const flags = acts.flatMap(([, keyword = '', line = '']) => [`--${keyword}`, line]);
    const config = /\S+slow\.txt/.exec(repeat)?.[0] ?? '';
    const again = await scratch.launch(['simulate', config, ...flags, '--folder', scratch.runs])
      .ended;
    // 2: the hold may find nothing to hold this time, which a scripted one must.
    expect([0, 2]).toContain(again.code);
    expect(again.stdout).toMatch(/node 2 died .*, killed by the script/);
  });

  test('its plots show the numbers of the run, while it goes on and at the end', async () => {
    const launched = cluster();
    const { page, problems }: OpenPage = await openUrl(browser, await linkOf(launched));
    await inState(page, 1, 'running');
    const run = scratch.run() ?? '';
    const valuesOf = async (node: number) =>
      (seriesOf(await drawn(page, 'values'), `node-${node}`) as { value: [number, number] }[]).map(
        ({ value }) => value[1],
      );
    expect((await valuesOf(2))[0]).toBe(0.85);
    expect(await page.locator('.verdict-head .word').innerText()).toBe('RUNNING');
    await page.waitForSelector('.verdict-head.pass');
    for (const node of [1, 2, 3, 4, 5]) {
      const reported = nodeEvents(run, node).filter((event) => event.kind === 'report');
      expect(await valuesOf(node)).toEqual(reported.map(({ value }) => value));
    }
    expect(await page.locator('.live .line').innerText()).toMatch(/The run is over/);
    expect(problems).toEqual([]);
  });

  test('a master by hand has it too', async () => {
    const ports = await freePorts(4);
    const [first, ...rest] = ports;
    const nodes = rest.map((port, i) => `node ${i + 1} ${i / 2} 127.0.0.1 ${port}`);
    const lines = ['f 1', ...SLOW.slice(1), `master 127.0.0.1 ${first}`, ...nodes];
    const config = scratch.config(lines, 'by-hand');
    const master = scratch.launch(['master', config, '--folder', scratch.runs, '--ui']);
    const { page } = await openUrl(browser, await linkOf(master));
    const others = [1, 2, 3].map((id) => scratch.launch(['node', config, '--id', `${id}`]));
    await inState(page, 3, 'running');
    await press(page, 'pause-3');
    await until(() => isStopped(others[2]?.pid ?? -1), 'a node that stands');
    // The button says what it does once the page has heard of it.
    await inState(page, 3, 'paused');
    await press(page, 'pause-3');
    await until(() => !isStopped(others[2]?.pid ?? -1), 'a node that goes on');
    await press(page, 'kill-1');
    expect((await others[0]!.ended).signal).toBe('SIGKILL');
    await page.waitForSelector('.verdict-head.pass');
    await browser.close();
    expect((await master.ended).code).toBe(0);
  });

  test('who has left may come back, still act after a look at a panel, and see the end', async () => {
    const launched = cluster('--delay', '1500 1600');
    const link = await linkOf(launched);
    const first = await openUrl(browser, link);
    await inState(first.page, 3, 'running');
    await first.page.click('nav a[href="#faults"]');
    await first.page.reload();
    await inState(first.page, 3, 'running');
    await press(first.page, 'pause-3');
    await inState(first.page, 3, 'paused');
    await first.page.close();
    // Longer than the page needs to be loaded again, after which nobody is waited for.
    await pause(2_000);
    const { page } = await openUrl(browser, link);
    await inState(page, 3, 'paused');
    await press(page, 'pause-3');
    await page.waitForSelector('.verdict-head.pass');
    await until(() => launched.stdout().includes('stays until nobody'), 'the end of the run');
    await pause(500);
    expect(isRunning(launched.pid)).toBe(true);
    await page.close();
    expect((await launched.ended).code).toBe(0);
  });

  test('without the token of the link one may look, and do nothing', async () => {
    const launched = cluster();
    const link = await linkOf(launched);
    const { page } = await openUrl(browser, link.replace(/#.*/, ''));
    await inState(page, 1, 'running');
    expect(await page.locator('.live .line').innerText()).toMatch(/^To act, open the link/);
    expect(await page.locator('.live[inert]').count()).toBe(1);
    launched.signalGroup('SIGINT');
    expect((await launched.ended).code).toBe(130);
    await page.waitForFunction(
      "/The run is over|Nobody answers/.test(document.querySelector('.live .line').textContent)",
    );
  });
});
