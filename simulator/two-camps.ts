/**
 * The two-camp schedule as a config: the first n − f nodes only hear each other and keep their 0, the
 * last f only hear the last n − f and hold ρ^r after r rounds. It meets the proven contraction ρ of
 * mean, midpoint and select in every round, with no crash at all (docs/theory.md).
 */
import { allNodes, asynchronousCrash, isResilient } from '../agreement/resilience.ts';
import { invariant } from '../agreement/invariant.ts';
import { ROUNDS_MAX } from '../agreement/worst-case-rounds.ts';

/** The text of a config. For f ≥ 1 and n > 2f: anything else is an InvariantError. */
export function twoCamps(n: number, f: number): string {
  invariant(f >= 1 && isResilient(asynchronousCrash, n, f), `two camps of n = ${n}, f = ${f}`);
  const camp = (first: number, last: number, heard: string): string =>
    `use  ${first}-${last}  rounds 0-${ROUNDS_MAX}  from ${heard}`;
  return [
    `# Two camps, the worst case of mean, midpoint and select in every round: n = ${n}, f = ${f}.`,
    `# The first n - f nodes hear only each other and stay at 0; the last f hear the last n - f.`,
    '',
    'epsilon  0.001',
    `f        ${f}`,
    'crash    0',
    '',
    camp(1, n - f, `1-${n - f}`),
    camp(n - f + 1, n, `${f + 1}-${n}`),
    '',
    ...allNodes(n).map((id) => `node ${id}  ${id <= n - f ? 0 : 1}  127.0.0.1 0`),
    '',
  ].join('\n');
}
