/** The panels that are tables: cells, what was skipped, runs that are no pass, method and machine. */
import type { Table } from '../../csv.ts';
import { inBytes } from '../../numbers.ts';
import type { SweepResult } from '../../sweep-data.ts';
import { measures } from '../../sweep-measures.ts';
import { element } from '../element.ts';
import { createFrame } from '../panel.ts';
import { tableElement } from '../table.ts';

export function skippedPanel({ cells, varied }: SweepResult): HTMLElement[] {
  const rows = cells.flatMap(({ params, skipped }) =>
    skipped === null ? [] : [[...varied.map((name) => params[name] ?? ''), skipped]],
  );
  if (rows.length === 0) return [];
  const table: Table = { name: 'skipped', columns: [...varied, 'why'], rows };
  return [panel('skipped', 'Skipped cells', 'Combinations that cannot be run, and why.', table)];
}

export function exceptionsPanel(sweep: SweepResult): HTMLElement[] {
  const { exceptions, exceptionsNotShown, cells } = sweep;
  if (exceptions.length === 0) return [];
  const params = new Map(cells.map((cell) => [cell.cell, cell.params]));
  const where = (cell: number): string =>
    Object.entries(params.get(cell) ?? {})
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ');
  const table: Table = {
    name: 'exceptions',
    columns: ['cell', 'repetition', 'ending', 'why', 'record', 'repeat'],
    rows: exceptions.map(({ cell, repetition, ending, reason, record, repeat }) => [
      ...[where(cell), repetition, ending, reason, record, repeat],
    ]),
  };
  const more = exceptionsNotShown > 0 ? ` ${exceptionsNotShown} more are in runs.csv.` : '';
  const what = `Each with the command that makes it again.${more}`;
  return [panel('exceptions', 'Runs that are no pass', what, table)];
}

function panel(id: string, title: string, what: string, table: Table): HTMLElement {
  const frame = createFrame({ id, title, what, isWide: true, table: () => table });
  frame.after.append(tableElement(table, `${title}.`));
  return frame.element;
}

export function methodPanel(sweep: SweepResult): HTMLElement {
  const frame = createFrame({
    id: 'method',
    title: 'Method',
    what: 'What was run, on what, and what each word means.',
    isWide: true,
  });
  frame.after.append(
    element(
      'dl',
      { class: 'facts' },
      ...factsOf(sweep).flatMap(([name, text]) => [
        element('dt', {}, name),
        element('dd', {}, text),
      ]),
    ),
  );
  return frame.element;
}

function factsOf(sweep: SweepResult): (readonly [string, string])[] {
  const { config, set, inputs, sessions, repeatCommand } = sweep;
  return [
    ['config', config],
    ['in every cell', set.join(' ') || 'as the config says'],
    ['inputs', inputs ?? 'those of the config, or varied'],
    ['made again by', repeatCommand],
    ...sessions.map((session): [string, string] => [`session`, sessionInWords(session)]),
    [
      'pairs',
      'repetition k has the same seed in every cell: the same draws for crashes, delays and inputs, whatever is compared',
    ],
    [
      'intervals',
      'percentile bootstrap, 95 %: up to 2000 resamples, keyed, so that the same runs give the same interval',
    ],
    ['quantiles', 'between neighbours in proportion; p95: 95 % of the runs are below'],
    [
      'lower bound',
      'under crash faults no round-based algorithm can promise to shrink the spread by more than 1/(⌈n/f⌉ + 1) a round (Függer, Nowak, Schwarz). It bounds the worst case of any such algorithm, not a single run',
    ],
    ...measures
      .filter(({ name }) => sweep.cells.some((cell) => cell.measures[name] !== null))
      .map(({ label, meaning }): [string, string] => [label, meaning]),
  ];
}

function sessionInWords(session: SweepResult['sessions'][number]): string {
  const { started, ended, runs, loadAtStart, loadAtEnd, machine } = session;
  const { within, node, platform, release, cpus, cpuModel, memoryBytes } = machine;
  const until = ended === null ? 'killed before its end' : `to ${ended}`;
  const load = `load ${loadAtStart.toFixed(1)}${loadAtEnd === null ? '' : ` to ${loadAtEnd.toFixed(1)}`}`;
  return (
    `${started} ${until}, ${runs} runs, ${load}; Within ${within}, Node.js ${node}, ${platform} ${release}, ` +
    `${cpus} × ${cpuModel}, ${inBytes(memoryBytes)} of memory`
  );
}
