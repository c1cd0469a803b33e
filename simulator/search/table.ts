/** The table of docs/worst-case.md: found and proven contractions of one round, and of three. */
import { algorithms } from '../../agreement/algorithms.ts';
import type { Ratio } from '../../agreement/ratio.ts';
import { toNumber } from '../../agreement/ratio.ts';
import { fraction, power } from './fractions.ts';
import { worstManyRounds, worstOneRound } from './worst-case.ts';

const ROUNDS = 3;

/** In Markdown: every n up to `nMax` with every f ≥ 1 that is legal. */
export function worstCaseTable(nMax: number): string {
  const names = [...algorithms.keys()];
  const head = ['n', 'f', ...names, ...names.map((name) => `${name}, ${ROUNDS} rounds`)];
  const rows = sizesUpTo(nMax).map(({ n, f }) => [
    String(n),
    String(f),
    ...names.map((name) => oneRound(name, n, f)),
    ...names.map((name) => severalRounds(name, n, f)),
  ]);
  const rule = head.map(() => '---');
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const sizesUpTo = (nMax: number): { n: number; f: number }[] =>
  Array.from({ length: nMax }, (_, index) => index + 1).flatMap((n) =>
    Array.from({ length: Math.ceil(n / 2) - 1 }, (_, index) => ({ n, f: index + 1 })),
  );

function oneRound(name: string, n: number, f: number): string {
  const algorithm = algorithms.get(name);
  const found = algorithm === undefined ? null : worstOneRound(algorithm, { n, f }, 0);
  return cell(found?.exact ?? null, algorithm?.contraction(n, f) ?? null);
}

function severalRounds(name: string, n: number, f: number): string {
  const algorithm = algorithms.get(name);
  const found = algorithm === undefined ? null : worstManyRounds(algorithm, { n, f }, ROUNDS, 0);
  const proven = algorithm?.contraction(n, f) ?? null;
  return cell(found?.found.exact ?? null, proven === null ? null : power(proven, ROUNDS));
}

/** Found. Where it is not what is proven, both, and how they compare. */
function cell(found: Ratio | null, proven: Ratio | null): string {
  if (found === null || proven === null) return '–';
  const [foundText, provenText] = [fraction(found), fraction(proven)];
  if (foundText === provenText) return foundText;
  return `**${foundText} ${toNumber(found) < toNumber(proven) ? '<' : '>'} ${provenText}**`;
}
