import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../configs/load.ts';
import { repeatCommand } from '../../../checker/repeat-command.ts';
import type { MasterEvent } from '../../../record/events.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import { smallConfig } from '../../fixtures/recorded-run.ts';

function repeatOf(
  file: string,
  flags: readonly string[],
  config = smallConfig(),
  events: readonly MasterEvent[] = [],
): string {
  const environment = { node: 'v20', platform: 'linux x64', cpus: 1 };
  const command = { version: 1 as const, file, flags, digest: null, environment };
  return repeatCommand({
    command,
    config,
    master: { events },
    directory: 'runs/x',
  } as unknown as RunRecord);
}

describe('the command that repeats a run', () => {
  test('names the seed, wherever it came from', () => {
    expect(repeatOf('configs/5nodes.txt', [])).toBe(
      'npm run cluster -- configs/5nodes.txt --seed 7',
    );
  });

  test('keeps the flags, but not another seed', () => {
    const expected = "npm run cluster -- a.txt --seed 7 --f 2 --delay '0 20'";
    expect(repeatOf('a.txt', ['--seed', 'random', '--f', '2', '--delay', '0 20'])).toBe(expected);
    expect(repeatOf('a.txt', ['--f', '2', '--seed=9', '--delay', '0 20'])).toBe(expected);
  });

  test('does again by the clock what people did', () => {
    const live = { origin: 'live' } as const;
    const events: MasterEvent[] = [
      { kind: 'start', t: 1_000_000 },
      { kind: 'pause', t: 1_200_400, node: 3, ...live },
      { kind: 'hold', t: 1_300_000, from: 4, to: 1, ...live },
      { kind: 'resume', t: 1_500_600, node: 3, ...live },
      { kind: 'kill', t: 1_700_000, node: 2, ...live },
    ];
    expect(repeatOf('a.txt', ['--f', '2'], smallConfig(), events)).toBe(
      "npm run cluster -- a.txt --seed 7 --f 2 --pause '3 from 200 until 501' --hold '4 1 from 300 until never' --kill '2 at 700'",
    );
  });

  test('what a config already scripts is not said twice', () => {
    const text = [
      ...['f 2', 'hold 2 3 from 10 until 20', 'kill 5 at 900', 'node 1 0 h 0', 'node 2 1 h 0'],
      ...['node 3 1 h 0', 'node 4 0 h 0', 'node 5 0 h 0'],
    ].join('\n');
    const request = { name: 'a.txt', text, drawSeed: () => 1 };
    const live = { origin: 'live' } as const;
    const events: MasterEvent[] = [
      { kind: 'start', t: 0 },
      { kind: 'kill', t: 900_000, node: 5, origin: 'scripted' },
      { kind: 'hold', t: 1_000_000, from: 4, to: 1, ...live },
      { kind: 'release', t: 2_000_000, from: 4, to: 1, ...live },
    ];
    const command = repeatOf('a.txt', [], parseConfig(request), events);
    expect(command).toMatch(/--seed \d+ --hold '4 1 from 1000 until 2000'$/);
    const again = parseConfig({ ...request, flags: { hold: '4 1 from 1000 until 2000' } });
    expect(again.faults.timedHolds).toHaveLength(2);
    expect(again.faults.kills).toHaveLength(1);
  });

  test('quotes what a shell would take apart', () => {
    expect(repeatOf("it's mine.txt", [])).toBe("npm run cluster -- 'it'\\''s mine.txt' --seed 7");
  });

  test('falls back on the copy in the run directory', () => {
    const record = {
      command: null,
      config: null,
      master: { events: [] },
      directory: 'runs/x',
    } as unknown as RunRecord;
    expect(repeatCommand(record)).toBe('npm run cluster -- runs/x/config.txt');
  });
});
