/** How likely crashes are, before a run. docs/faults.md has the chance per draw, docs/report.md these. */
import { chancePerDraw } from '../../faults/plan.ts';
import type { CrashHazard } from '../../faults/settings.ts';

/** That a node dies in a round: 1 − (1 − p)^(n−1) for n − 1 draws, p for one at the round's end. */
export function deathInRound(hazard: CrashHazard, n: number): number {
  const chance = Math.min(1, Math.max(0, chancePerDraw(hazard, n)));
  return hazard.per === 'round-end' ? chance : 1 - (1 - chance) ** Math.max(0, n - 1);
}

/** That a node dies within so many rounds, each with the same chance. */
export const deathWithin = (perRound: number, rounds: number): number =>
  1 - (1 - perRound) ** rounds;

/**
 * That at least `least` of `count` independent nodes die, each with the same chance: the upper tail of
 * the binomial distribution. Adds only numbers of one sign, so small tails of small counts are exact.
 */
export function atLeast(least: number, count: number, chance: number): number {
  if (least <= 0) return 1;
  if (least > count) return 0;
  // exactly[j]: that j of the nodes looked at so far die; the last entry is "least or more".
  const exactly = Float64Array.from({ length: least + 1 }, (_, j) => (j === 0 ? 1 : 0));
  for (let node = 0; node < count; node += 1) {
    for (let j = least; j >= 0; j -= 1) {
      const stays = (exactly[j] ?? 0) * (j === least ? 1 : 1 - chance);
      const comes = j === 0 ? 0 : (exactly[j - 1] ?? 0) * chance;
      exactly[j] = stays + comes;
    }
  }
  return exactly[least] ?? 0;
}
