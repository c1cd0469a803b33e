import type { SweepResult } from '../report/sweep-data.ts';
import type { Row } from '../sweeps/row.ts';

export function trySweepReport(
  _directory: string,
  _result: SweepResult,
  _rows: readonly Row[],
): string {
  return 'none yet';
}
