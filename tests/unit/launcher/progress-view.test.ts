import { describe, expect, test } from '@jest/globals';
import { blockLines, statusLine } from '../../../launcher/progress-lines.ts';
import { createProgressView } from '../../../launcher/progress-view.ts';
import type { NodeProgress, Progress } from '../../../runtime/ipc.ts';
import { smallConfig } from '../../fixtures/recorded-run.ts';

const config = smallConfig();
const plain = (text: string): string => text;

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
      [],
      plain,
    );
    expect(low).toMatch(/^node 1 +running +round 2 +0\.100000 {2}●·{30} −5\.0e\+8$/);
    expect(high).toMatch(/0\.900000 {2}·{30}● −5\.0e\+8$/);
    expect(middle).toMatch(/0\.500000 {2}·{15}●·{15} −5\.0e\+8$/);
    expect(unknown).toBe('node 4   awaited');
    expect(outside).toMatch(/·{30}● \+5\.0e\+8$/);
    expect(status).toMatch(/^rounds /);
    expect(rest).toEqual([]);
  });

  test('is only the status line when there are more nodes than lines', () => {
    const nodes = Array.from({ length: 21 }, (_, i) => node(i + 1));
    expect(blockLines(config, progress({ nodes }), [], plain)).toHaveLength(1);
  });

  test('says how far each value is from the middle of all last ones', () => {
    const nodes = [node(1, { value: 0.4 }), node(2, { value: 0.6 }), node(3, { value: 0.5 })];
    const [one = '', two = '', three = ''] = blockLines(config, progress({ nodes }), [], plain);
    expect([one, two, three].map((line) => line.split(' ').at(-1))).toEqual([
      '−1.0e-1',
      '+1.0e-1',
      '0',
    ]);
  });

  test('draws the spread on a logarithmic scale from that of the inputs down to ε', () => {
    // Inputs are 0.8 apart, ε is 0.001: each step is a factor of 800^(1/8) = 2.3.
    const spreads = [0.8, 0.8 / 2.4, 0.8 / 2.4 ** 4, 0.001, 0];
    const line = blockLines(config, progress(), spreads, plain).at(-2);
    expect(line).toBe('spread   █▇▄▁▁ 0.00e+0 ≤ ε 0.001 (log scale)');
  });

  test('has colours for the dead and for those who have output', () => {
    const nodes = [node(1, { state: 'dead' }), node(2, { state: 'output' }), node(3)];
    const marked = blockLines(config, progress({ nodes }), [], (text, tone) => `<${tone}>${text}`);
    expect(marked.slice(0, 3).map((line) => /<(\w+)>/.exec(line)?.[1])).toEqual([
      'bad',
      'good',
      undefined,
    ]);
  });
});

describe('where there is no terminal', () => {
  const written: string[] = [];
  const stream = {
    isTTY: false,
    write: (text: string) => written.push(text),
  } as unknown as NodeJS.WriteStream;

  test('a death is said at once, and once', () => {
    const view = createProgressView(config, stream);
    const nodes = [node(1), node(2, { state: 'dead', round: 3 })];
    for (let i = 0; i < 5; i += 1) view.show(progress({ nodes }));
    view.close();
    expect(written.splice(0).filter((line) => line.startsWith('✕'))).toEqual([
      '✕ node 2 has died; its last report was of round 3\n',
    ]);
  });

  test('many deaths at once are one line', () => {
    const view = createProgressView(config, stream);
    const nodes = five.map((one) => ({ ...one, state: 'dead' }) as const);
    view.show(progress({ nodes }));
    view.close();
    expect(written.splice(0)).toEqual(['✕ nodes 1, 2, 3, 4 and 5 have died\n']);
  });

  test('a line is written at most once a second', () => {
    const view = createProgressView(config, stream);
    for (let i = 0; i < 100; i += 1) view.show(progress());
    view.close();
    expect(written.length).toBeLessThanOrEqual(1);
  });
});
