/**
 * WRONG on purpose: the median instead of the mean.
 *
 * Every value lies in the range of the inputs, and on most days it agrees within a few rounds. But
 * two quorums may have their medians at opposite ends, round after round: then nothing ever comes
 * closer. There is no bound below 1 on its contraction, so none is claimed.
 *
 * Seen in median.txt beside this file: two camps of two nodes, each of which hears one of the other.
 */
export function rule(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
