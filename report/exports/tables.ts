/** Every table of a run's page, for spreadsheets and statistics programs. */
import type { Table } from '../csv.ts';
import type { PageData } from '../page-data.ts';
import { quorumTable, spreadTable, valuesTable } from '../tables/convergence.ts';
import { faultsTable } from '../tables/faults.ts';
import { linkTable, messageTable, trafficTable, typeTable } from '../tables/messages.ts';
import { processTable } from '../tables/processes.ts';
import { viewOf } from '../view.ts';

/** One CSV file each, by the table's name. */
export function tablesOf(data: PageData): Table[] {
  const view = viewOf(data);
  return [
    spreadTable(view),
    valuesTable(view),
    quorumTable(view),
    messageTable(view),
    linkTable(view),
    trafficTable(view),
    typeTable(data.result?.statistics.messages.traffic ?? {}),
    faultsTable(view),
    processTable(view),
  ];
}
