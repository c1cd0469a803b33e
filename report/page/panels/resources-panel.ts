/** What each OS process cost, and how far its event loop fell behind. */
import { duration, inBytes } from '../../numbers.ts';
import type { PageProcess } from '../../page-data.ts';
import { processRows, processTable } from '../../tables/processes.ts';
import type { ProcessRow } from '../../tables/processes.ts';
import type { View } from '../../view.ts';
import { createChart } from '../charts.ts';
import { element } from '../element.ts';
import { createFrame, legend } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { resourcesOption } from './resources-option.ts';

export function createResourcesPanel(): Panel {
  let view: View | null = null;
  const chart = createChart('resources', 31);
  const frame = createFrame({
    id: 'resources',
    title: 'CPU, memory and event-loop lag',
    what:
      'CPU: user and system time of a process over its whole life, start-up included. Memory: its peak ' +
      'resident set. Lag: how much later than due its event loop handed messages over.',
    chart,
    table: () => view && processTable(view),
  });
  const missing = element('p', { class: 'note' });
  frame.after.append(
    legend([
      { name: 'user', color: 'var(--accent)', mark: '▆' },
      { name: 'system', color: 'var(--bound)', mark: '▆' },
      { name: 'memory', color: 'var(--epsilon)', mark: '▆' },
      { name: 'lag: median in worst', color: 'var(--crash)', mark: '▆' },
    ]),
    missing,
  );
  return {
    element: frame.element,
    show(next) {
      view = next;
      const rows = processRows(next);
      chart.show((look) => resourcesOption(rows, look));
      chart.describe(inWords(rows));
      missing.textContent = missingInWords(rows);
      frame.refresh();
    },
  };
}

const cpuMs = ({ cpuUserUs, cpuSystemUs }: PageProcess): number => (cpuUserUs + cpuSystemUs) / 1000;

function inWords(rows: readonly ProcessRow[]): string {
  const known = rows.map(({ process }) => process).filter((process) => process !== null);
  if (known.length === 0) return 'No process left its counters.';
  const total = known.reduce((sum, process) => sum + cpuMs(process), 0);
  const most = Math.max(...known.map(({ rssBytesMax }) => rssBytesMax));
  return (
    `${known.length} processes used ${duration(total)} of CPU in all; ` +
    `the largest had ${inBytes(most)} of memory.`
  );
}

/** What is not shown is said. */
function missingInWords(rows: readonly ProcessRow[]): string {
  const silent = rows.filter(({ process }) => process === null).length;
  const totals = 'Totals of a whole life; nothing is sampled while a run goes on.';
  if (silent === 0) return totals;
  return (
    `${totals} ${silent} of ${rows.length} processes left no counters: they have not ended, crashed, were killed ` +
    'or ran in virtual time.'
  );
}
