/** What to search for and how long. */
import type { Algorithm } from '../../agreement/algorithm.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import type { HuntRequest } from './hunt.ts';
import type { MasterRule } from './master-rules.ts';

export interface SearchRequest {
  readonly config: RunConfig;
  readonly algorithm: Algorithm<unknown>;
  /** How a saved config names the algorithm. */
  readonly algorithmName: string;
  /** Null: nodes output their value of round R unasked (`stop rounds`). */
  readonly master: MasterRule | null;
  /** Rounds to look ahead. */
  readonly rounds: number;
  /** Whether there is time for more attempts. */
  readonly mayGoOn: () => boolean;
  readonly onSetting?: NonNullable<HuntRequest['onSetting']>;
  readonly firstPass?: NonNullable<HuntRequest['firstPass']>;
}
