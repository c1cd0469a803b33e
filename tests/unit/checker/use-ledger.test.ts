import { rmSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { NodeId } from '../../../agreement/algorithm.ts';
import type { ReceiveSet } from '../../../faults/settings.ts';
import type { NodeEvent } from '../../../record/events.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';
import { judged, withFaults } from './judged.ts';

/** Whose values made node 2's value of round 1. */
function usedBy(run: RecordedRun): readonly NodeId[] {
  const report = run.nodes.get(2)!.find((event) => event.kind === 'report' && event.round === 1)!;
  return (report as Extract<NodeEvent, { kind: 'report' }>).used;
}

/** The run as if this had been scripted for node 2. */
function scripted(set: Partial<ReceiveSet>): RecordedRun {
  const run = playRun(smallConfig());
  const use = { nodes: [2], firstRound: 0, lastRound: 0, from: usedBy(run), ...set };
  run.config = withFaults({ uses: [use] });
  return run;
}

test('a receive set that ended its round has fired', () => {
  const run = scripted({});
  const { ledger, verdict } = judged(run);
  const used = usedBy(run).toSorted();
  expect(ledger).toMatchObject([
    { fault: 'use', origin: 'scripted', status: 'fired', node: 2, round: 0, observed: [2] },
  ]);
  expect([...(ledger[0]?.planned ?? [])].sort()).toEqual(used);
  expect(ledger[0]?.sentence).toMatch(/^node 2, rounds 0 to 0, using .*: 1 round ended so$/);
  expect(verdict).toBe('pass');
});

test('a round that ended with other messages than scripted is missed, and never a pass', () => {
  const run = scripted({});
  const other = [1, 2, 3, 4, 5].find((id) => !usedBy(run).includes(id))!;
  const from = [...usedBy(run), other];
  const { ledger, verdict, reasons } = judged(scripted({ from }));
  expect(ledger[0]).toMatchObject({ status: 'missed', observed: [] });
  expect(ledger[0]?.sentence).toContain('node 2 ended round 0 with those of');
  expect(verdict).toBe('inconclusive');
  expect(reasons.join()).toContain(ledger[0]!.sentence);
});

test('so is one in which a message outside the set came before the round was over', () => {
  const run = scripted({});
  const other = [1, 2, 3, 4, 5].find((id) => !usedBy(run).includes(id))!;
  const events = run.nodes.get(2)!;
  const late = events.findIndex(
    (event) => event.kind === 'receive' && event.from === other && event.round === 0,
  );
  const [message] = events.splice(late, 1);
  const report = events.findIndex((event) => event.kind === 'report' && event.round === 1);
  events.splice(report, 0, message!);
  expect(judged(run).ledger[0]?.sentence).toContain(
    `node 2 got that of node ${other} before its round 0 was over`,
  );
});

test('rounds that nobody reached: a scripted fault that did not happen', () => {
  const { ledger, verdict, reason } = judged(scripted({ firstRound: 15, lastRound: 16 }));
  expect(ledger[0]).toMatchObject({ status: 'not reached', observed: [] });
  expect({ verdict, reason }).toEqual({
    verdict: 'inconclusive',
    reason: `a scripted fault did not happen: ${ledger[0]!.sentence}`,
  });
});

test('of a node without a file the record does not tell', () => {
  const { ledger } = judged(scripted({}), (directory) => {
    rmSync(`${directory}/node-2.ndjson`);
  });
  expect(ledger[0]).toMatchObject({ status: 'not reached', unknown: [2] });
});
