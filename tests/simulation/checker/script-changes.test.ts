/** A record in which the script was not followed says so. */
import { describe, expect, test } from '@jest/globals';
import { judge } from '../../../checker/verdict.ts';
import type { MasterEvent, NodeEvent } from '../../../record/events.ts';
import type { EventFile } from '../../../record/read-events.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import type { LedgerEntry, Result } from '../../../record/result.ts';
import { asVirtual, nodeLines, parse, simulated } from '../simulator/simulated.ts';

const inputs = nodeLines([0, 0.25, 0.5, 0.75, 1]);
const recordOf = (lines: string): RunRecord =>
  simulated(parse(`f 2\ndelay constant 30\ncrash 0\n${lines}\n${inputs}`)).record;

/** Null removes an event. */
function master(record: RunRecord, edit: (event: MasterEvent) => MasterEvent | null): RunRecord {
  const events = record.master.events.map(edit).filter((event) => event !== null);
  return { ...record, master: { ...record.master, events } };
}

const without = (record: RunRecord, kind: MasterEvent['kind']): RunRecord =>
  master(record, (event) => (event.kind === kind ? null : event));

const at = (record: RunRecord, kind: MasterEvent['kind'], t: number): RunRecord =>
  master(record, (event) => (event.kind === kind ? { ...event, t } : event));

function withLine(record: RunRecord, id: number, line: NodeEvent): RunRecord {
  const file = record.nodes.get(id)!;
  const later = file.events.findIndex(({ t }) => t > line.t);
  const events = file.events.toSpliced(later, 0, line);
  return { ...record, nodes: new Map(record.nodes).set(id, { ...file, events }) };
}

/** As if every process had run on a machine of its own. */
function onManyMachines(record: RunRecord): RunRecord {
  const onHost = <File extends EventFile<unknown>>(file: File, host: string): File => ({
    ...file,
    header: { ...file.header!, host },
  });
  const nodes = [...record.nodes].map(([id, file]) => [id, onHost(file, `m${id}`)] as const);
  return { ...record, nodes: new Map(nodes), master: onHost(record.master, 'm0') };
}

const entry = ({ ledger }: Result, fault: LedgerEntry['fault']) =>
  ledger.find((one) => one.fault === fault);

describe('a pause', () => {
  const record = recordOf('pause 2 from 40 until 200');

  test('as scripted is fired', () => {
    const result = judge(record);
    expect(result.verdict).toBe('pass');
    expect(entry(result, 'pause')).toMatchObject({
      status: 'fired',
      origin: 'scripted',
      node: 2,
      observed: [2],
      sentence: 'node 2 paused from 40 ms until 200 ms: its file is silent meanwhile',
    });
  });

  test.each([
    ['that nobody began', without(without(record, 'pause'), 'resume'), 'nobody stopped it'],
    ['that began too early', at(record, 'pause', 39_000), 'it was stopped too early'],
    ['that ended too early', at(record, 'resume', 150_000), 'it was continued too early'],
    [
      'in which the node wrote something',
      withLine(record, 2, { kind: 'refused', t: 150_000, from: 1, reason: 'x' }),
      'it wrote refused meanwhile',
    ],
  ])('%s is missed', (_what, changed, outcome) => {
    const result = judge(changed);
    expect(result.verdict).toBe('inconclusive');
    expect(entry(result, 'pause')).toMatchObject({ status: 'missed' });
    expect(entry(result, 'pause')!.sentence).toContain(`until 200 ms: ${outcome}`);
    expect(result.reasons.join('\n')).toContain(outcome);
  });

  test('that nobody had scripted is found in virtual time', () => {
    const { oracles } = judge(asVirtual(at(record, 'resume', 200_001)));
    const broken = oracles.find(({ id }) => id === 'O30');
    expect(broken!.witnesses.map(({ sentence }) => sentence).join()).toContain(
      'nobody was to resume node 2 at 200001 µs',
    );
  });
});

describe('a kill', () => {
  const record = recordOf('kill 3 at 100');

  test('as scripted is fired', () => {
    const result = judge(record);
    expect(result.verdict).toBe('pass');
    expect(entry(result, 'crash')!.sentence).toMatch(
      /^node 3 died in round \d, killed by the script 100 ms after the start; .* got its value/,
    );
  });

  test('too early is missed', () => {
    const result = judge(at(at(record, 'kill', 90_000), 'death', 90_000));
    expect(entry(result, 'crash')).toMatchObject({ status: 'missed' });
    expect(result.reason).toContain('node 3 was to be killed at 100 ms, but was at 90 ms');
  });

  test('of a node that somebody else had killed before is not reached', () => {
    const result = judge(without(record, 'kill'));
    const scripted = result.ledger.filter(({ origin }) => origin === 'scripted');
    expect(scripted).toMatchObject([{ fault: 'crash', status: 'not reached' }]);
    expect(result.reason).toMatch(/node 3 was to be killed at 100 ms; it died before, in round/);
    const others = result.ledger.filter(({ status }) => status === 'unplanned');
    expect(others).toMatchObject([{ fault: 'crash', node: 3, origin: 'none' }]);
  });

  test('that did not happen is missed', () => {
    const plain = recordOf('');
    const planned = recordOf('kill 3 at 40');
    const result = judge({ ...plain, config: planned.config, plan: planned.plan });
    expect(entry(result, 'crash')).toMatchObject({ status: 'missed' });
    expect(result.reason).toContain('node 3 was to be killed at 40 ms, but was not');
    expect(result.reason).not.toContain('machine');
  });
});

test('what the master could not reach on another machine is missed, and it is said why', () => {
  const plain = onManyMachines(recordOf(''));
  const planned = recordOf('kill 3 at 40\npause 2 from 40 until 200');
  const { ledger } = judge({ ...plain, config: planned.config, plan: planned.plan });
  expect(ledger).toMatchObject([{ status: 'missed' }, { status: 'missed' }]);
  expect(ledger.map(({ sentence }) => sentence)).toEqual([
    'node 3 was to be killed at 40 ms, but was not: it ran on another machine than the master (m3, not m0)',
    'node 2 paused from 40 ms until 200 ms: nobody stopped it: it ran on another machine than the master (m2, not m0)',
  ]);
});
