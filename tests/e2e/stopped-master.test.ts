/** A master that is stopped hears of no Ctrl-C, and cannot leave by itself either. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { childPid, openScratch, sample } from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';
import { isRunning, signal } from '../fixtures/os-process.ts';
import { underWay } from '../fixtures/under-way.ts';
import { pause, until } from '../fixtures/until.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

test.each([
  ['by the second Ctrl-C', 2, 130, ''],
  ['20 s after the first', 1, 130, ''],
  ['after 20 s without a word, when nobody presses it', 0, 255, 'has said nothing for 20 s'],
])(
  'it is killed %s',
  async (_, times, code, says) => {
    const slow = ['--delay', '500 500', '--time-limit', '10'];
    const words = ['cluster', sample('3nodes'), '--folder', scratch.runs, ...slow];
    const launched = scratch.launch(words);
    const run = await underWay(scratch, launched);
    const master = childPid(run, 0)!;
    signal(master, 'SIGSTOP');
    for (let time = 0; time < times; time += 1) {
      launched.signalGroup('SIGINT');
      await pause(700);
    }
    const ended = await launched.ended;
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(says);
    await until(() => !isRunning(master), 'the end of the master');
  },
  60_000,
);
