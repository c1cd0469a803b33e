import { describe, expect, test } from '@jest/globals';
import { compareRuns } from '../../../report/compare-runs.ts';
import type { PageData, PageNode } from '../../../report/page-data.ts';
import { judged } from '../../fixtures/judged-run.ts';
import { noFaults, playRun, smallConfig } from '../../fixtures/recorded-run.ts';

const base = judged(playRun(smallConfig())).data;

/** The same run with one node told otherwise. */
const changed = (id: number, change: (node: PageNode) => Partial<PageNode>): PageData => ({
  ...base,
  nodes: base.nodes.map((node) => (node.id === id ? { ...node, ...change(node) } : node)),
});

describe('two runs compared', () => {
  test('the same run twice has no difference', () => {
    const { first, settings, rounds } = compareRuns(base, base);
    expect(first).toBeNull();
    expect(settings).toEqual([]);
    expect(
      rounds.every(({ inOne, otherQuorum, otherValue }) => inOne + otherQuorum + otherValue === 0),
    ).toBe(true);
    expect(rounds[0]?.inBoth).toBe(5);
  });

  test('another order of arrival in the same quorum is no difference', () => {
    const other = changed(2, ({ used }) => ({
      used: used.map((quorum) => quorum?.toReversed() ?? null),
    }));
    expect(compareRuns(base, other).first).toBeNull();
  });

  test('the first difference is the earliest round, then the smallest node', () => {
    const late = changed(1, ({ used }) => ({ used: used.with(2, [1, 2, 9]) }));
    const both: PageData = {
      ...late,
      nodes: late.nodes.map((node) =>
        node.id === 4 ? { ...node, used: node.used.with(1, [4, 8, 9]) } : node,
      ),
    };
    expect(compareRuns(base, late).first).toMatchObject({ round: 2, node: 1, kind: 'quorum' });
    expect(compareRuns(base, both).first).toMatchObject({ round: 1, node: 4, kind: 'quorum' });
    expect(compareRuns(base, both).first?.sentence).toContain('but of 4, 8, 9 in B');
  });

  test('another value from the same quorum is named as that', () => {
    const other = changed(3, ({ values }) => ({ values: values.with(1, 0.123) }));
    expect(compareRuns(base, other).first).toMatchObject({ round: 1, node: 3, kind: 'value' });
  });

  test('other inputs come before everything else', () => {
    const other = changed(5, ({ values }) => ({ values: values.with(0, 0.5) }));
    const { first } = compareRuns(base, other);
    expect(first).toMatchObject({ round: 0, node: 5, kind: 'input' });
    expect(first?.sentence).toBe('Node 5 starts with 0.9 in A and with 0.5 in B.');
  });

  test('a node that ends earlier differs where it is missing', () => {
    const faults = { ...noFaults, scriptedCrashes: [{ node: 3, round: 1, extent: { after: 4 } }] };
    const other = judged(playRun(smallConfig({ faults }))).data;
    const { first, rounds, settings } = compareRuns(base, other);
    expect(first).not.toBeNull();
    expect(rounds.some(({ inOne }) => inOne > 0)).toBe(true);
    // Scripted crashes are no setting of their own.
    expect(settings.map(({ name }) => name)).toEqual(['digest of the config']);
  });

  test('settings that differ are named with both values', () => {
    const other = judged(playRun(smallConfig({ algorithm: 'midpoint', seed: 8 }))).data;
    const names = compareRuns(base, other).settings.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['algorithm', 'seed', 'contraction', 'worstCase']),
    );
    const seed = compareRuns(base, other).settings.find(({ name }) => name === 'seed');
    expect(seed).toEqual({ name: 'seed', left: '7', right: '8' });
  });
});
