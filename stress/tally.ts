/** Counts over all trials of a soak: per kind of fault, what was planned and what was seen. */
import type { Findings } from './findings.ts';
import type { Played } from './play.ts';

export interface Tally {
  runs: number;
  readonly verdicts: Record<string, number>;
  /** By kind of fault. done: it was carried out; seen: the record shows it. */
  readonly faults: Record<string, { planned: number; done: number; seen: number }>;
}

export const openTally = (): Tally => ({ runs: 0, verdicts: {}, faults: {} });

export function count(tally: Tally, played: Played, { result, record }: Findings): void {
  tally.runs += 1;
  const verdict = result?.verdict ?? 'none';
  tally.verdicts[verdict] = (tally.verdicts[verdict] ?? 0) + 1;
  const row = (kind: string) => (tally.faults[kind] ??= { planned: 0, done: 0, seen: 0 });
  const add = (kind: string, planned: number, done: number, seen: number): void => {
    const counts = row(kind);
    counts.planned += planned;
    counts.done += done;
    counts.seen += seen;
  };
  for (const one of played.trial.disturbances) add(nameOf(one), 1, 0, 0);
  for (const one of played.done) add(nameOf(one), 0, 1, 0);
  for (const kind of played.trial.asked) add(kind, 1, 1, 0);
  if (result === null || record === null) return;
  for (const { fault, status } of result.ledger) {
    if (fault === 'crash')
      add('crash', status === 'unplanned' ? 0 : 1, status === 'fired' ? 1 : 0, 0);
    if (fault === 'crash' && status === 'fired') add('crash', 0, 0, 1);
    else if (status === 'fired') add(fault, 0, 0, 1);
  }
  const deaths = result.ledger.filter(
    ({ fault, status }) => fault === 'crash' && status === 'unplanned',
  );
  if (played.done.some(({ kind }) => kind === 'kill' || kind === 'reset')) {
    add('kill', 0, 0, deaths.length);
  }
  const links = new Set<string>();
  for (const [node, { events }] of record.nodes) {
    for (const event of events) {
      if (event.kind === 'link' && /ECONN/.test(event.how)) links.add(`${node} ${event.peer}`);
    }
  }
  if (played.done.some(({ kind }) => kind === 'reset') && links.size > 0) add('reset', 0, 0, 1);
  for (const event of record.master.events) {
    if (event.kind === 'refused' && event.from === null) add('stranger', 0, 0, event.count ?? 1);
  }
  const isCut = record.launcher.events.some(({ kind }) => kind === 'interrupted');
  if (isCut) add('interrupt', 0, 0, 1);
}

function nameOf(one: Played['done'][number]): string {
  if (one.kind === 'kill' && one.node === 0) return 'kill-master';
  if (one.kind === 'pause' && one.node === 0) return 'pause-master';
  return one.kind;
}

/** Nobody writes down that he stood still, or that he was killed. */
const TRACELESS = ['pause', 'pause-master', 'kill-master', 'kill-launcher'];

export function tallyText({ runs, verdicts, faults }: Tally): string {
  const counts = Object.entries(verdicts).map(([verdict, times]) => `${times} ${verdict}`);
  const rows = Object.entries(faults)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, { planned, done, seen }]) => {
      const trace = TRACELESS.includes(kind) ? '–' : seen;
      return [kind, planned, done, trace].map(cell).join('');
    });
  const head = ['fault', 'planned', 'done', 'in record'].map(cell).join('');
  return `${runs} runs: ${counts.join(', ')}\n${[head, ...rows].join('\n')}\n`;
}

const cell = (text: string | number, column: number): string =>
  column === 0 ? String(text).padEnd(16) : String(text).padStart(10);
