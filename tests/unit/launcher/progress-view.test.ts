import { describe, expect, test } from '@jest/globals';
import { blockLines, createProgressView, statusLine } from '../../../launcher/progress-view.ts';
import type { NodeProgress, Progress } from '../../../runtime/ipc.ts';
import { smallConfig } from '../../fixtures/recorded-run.ts';

const config = smallConfig();

const node = (id: number, changes: Partial<NodeProgress> = {}): NodeProgress => ({
  ...{ id, state: 'running', round: 2, value: 0.5 },
  ...changes,
});

const five = [1, 2, 3, 4, 5].map((id) => node(id));

const progress = (changes: Partial<Progress> = {}): Progress => ({
  ...{ stage: 'running', decided: null, nodes: five },
  ...changes,
});

describe('the status line', () => {
  test('counts who has come and who is ready', () => {
    const nodes = five.map((one, i) => ({ ...one, state: i < 2 ? 'joined' : 'awaited' }) as const);
    expect(statusLine(config, progress({ stage: 'joining', nodes }))).toBe(
      'starting: 2 of 5 joined',
    );
    const ready = five.map((one, i) => ({ ...one, state: i < 3 ? 'ready' : 'joined' }) as const);
    expect(statusLine(config, progress({ stage: 'connecting', nodes: ready }))).toBe(
      'connecting: 3 of 5 ready',
    );
  });

  test('speaks of the living: rounds, spread of their last values, and how many they are', () => {
    const nodes = [
      node(1, { round: 1, value: 0.25 }),
      node(2, { round: 3, value: 0.75 }),
      node(3, { state: 'dead', round: 9, value: 100 }),
      ...[node(4), node(5)],
    ];
    expect(statusLine(config, progress({ nodes }))).toBe(
      'rounds 1–3 · last values 5.00e-1 apart (ε 0.001) · 4 of 5 alive',
    );
  });

  test('says which round is output, once it is decided', () => {
    const nodes = five.map((one, i) => ({ ...one, state: i < 2 ? 'output' : 'running' }) as const);
    expect(statusLine(config, progress({ decided: 7, nodes }))).toMatch(
      /· output of round 7: 2 done$/,
    );
  });

  test('has a sentence for the case that nobody is left', () => {
    const nodes = five.map((one) => ({ ...one, state: 'dead' }) as const);
    expect(statusLine(config, progress({ nodes }))).toBe('0 of 5 alive');
  });
});

describe('the block of a terminal', () => {
  test('shows each node between the smallest and the largest input', () => {
    const nodes = [
      node(1, { value: 0.1 }),
      node(2, { value: 0.9 }),
      node(3, { value: 0.5 }),
      node(4, { state: 'awaited', round: null, value: null }),
      node(5, { value: 1e9 }),
    ];
    const [low, high, middle, unknown, outside, status, ...rest] = blockLines(
      config,
      progress({ nodes }),
    );
    expect(low).toMatch(/^node 1 +running +round 2 +0\.100000 {2}●·{30}$/);
    expect(high).toMatch(/0\.900000 {2}·{30}●$/);
    expect(middle).toMatch(/0\.500000 {2}·{15}●·{15}$/);
    expect(unknown).toBe('node 4   awaited');
    expect(outside).toMatch(/·{30}●$/);
    expect(status).toMatch(/^rounds /);
    expect(rest).toEqual([]);
  });

  test('is only the status line when there are more nodes than lines', () => {
    const nodes = Array.from({ length: 21 }, (_, i) => node(i + 1));
    expect(blockLines(config, progress({ nodes }))).toHaveLength(1);
  });
});

test('where there is no terminal a line is written at most once a second', () => {
  const written: string[] = [];
  const stream = {
    isTTY: false,
    write: (text: string) => written.push(text),
  } as unknown as NodeJS.WriteStream;
  const view = createProgressView(config, stream);
  for (let i = 0; i < 100; i += 1) view.show(progress());
  view.close();
  expect(written.length).toBeLessThanOrEqual(1);
});
