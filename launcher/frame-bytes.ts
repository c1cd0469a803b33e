/** How long a frame of a run can be: what its traffic in bytes is reckoned from. */
import type { RunConfig } from '../configs/run-config.ts';
import { encodeFrame } from '../proto/codec.ts';

/** Bytes of a value of the run's last round: the longest there is. */
export const frameBytes = ({ nodes, lastRound }: RunConfig): number =>
  encodeFrame({
    kind: 'message',
    from: nodes.length,
    value: 0.1,
    round: lastRound,
    output: false,
    fail: false,
  }).length;
