/** Rules over the lines as such, and what a caller forbids. */
import { placeText, problemAt } from './config-error.ts';
import type { Place, Problem } from './config-error.ts';
import type { Draft } from './draft.ts';
import { entries } from './grammar.ts';
import type { Statement } from './read-line.ts';

/** The second and every further line of a keyword that is no list. */
export function findRepeated(statements: readonly Statement[]): Problem[] {
  const lists = new Set<string>(
    entries.filter(({ use }) => use === 'list').map((e) => e.statement),
  );
  const firsts = new Map<string, Place>();
  return statements.flatMap(({ name, keyword, place }) => {
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, place);
    if (first === undefined || lists.has(name)) return [];
    const what = `${keyword} was said already, at ${placeText(first)}`;
    return [problemAt(place, what, `one ${keyword}`, 'remove one of the two')];
  });
}

/** What a caller cannot live with. Both default to true. */
export interface Allowances {
  /** false by hand: every process would draw its own. */
  readonly allowRandomSeed?: boolean;
  /** false by hand: nobody could tell the nodes where the master listens. */
  readonly allowMasterPortZero?: boolean;
}

export function checkAllowances({ settings }: Draft, allow: Allowances): Problem[] {
  const problems: Problem[] = [];
  const [seed] = settings.seed;
  if (allow.allowRandomSeed === false && seed?.value === 'random') {
    const what = 'seed random: each process would draw another one';
    const remedy = 'write the same number everywhere, or leave it out';
    problems.push(problemAt(seed.place, what, 'a number', remedy));
  }
  const [master] = settings.master;
  if (allow.allowMasterPortZero === false && master?.value.port === 0) {
    const what = "the master's port is 0: the nodes could not find it";
    problems.push(
      problemAt(master.place, what, 'a port from 1 to 65535', 'write "master HOST PORT"'),
    );
  }
  return problems;
}
