/** Everything that the plot of one measure is drawn from. */
import type { SweepRuns } from '../../sweep-data.ts';
import type { Measure, MeasureName } from '../../sweep-measures.ts';
import type { Group, Layout, Statistic } from '../../sweep-view.ts';
import type { Positions } from './positions.ts';

export interface Drawn {
  readonly measure: Measure & { readonly name: MeasureName };
  readonly layout: Layout;
  readonly groups: readonly Group[];
  readonly colours: readonly string[];
  readonly facets: readonly string[];
  readonly positions: Positions;
  readonly runs: SweepRuns;
  /** Rows of `runs` by cell. */
  readonly rowsOf: ReadonlyMap<number, readonly number[]>;
  readonly statistic: Statistic;
  readonly isLog: boolean;
  readonly engine: 'simulate' | 'cluster';
}
