/** One line, or one flag, as a statement: the keyword's form that fits it best. */
import { problemAt, quoted } from './config-error.ts';
import type { Place, Problem } from './config-error.ts';
import type { Entry } from './entry.ts';
import { entriesOf, keywords } from './grammar.ts';
import type { StatementName } from './grammar.ts';
import { matchForm } from './match-form.ts';
import type { Match, RawValues } from './match-form.ts';
import { nearest } from './nearest.ts';
import { isSlot, slots } from './slots.ts';

export interface Statement {
  readonly name: StatementName;
  readonly keyword: string;
  /** The form of the grammar that the line was read by. */
  readonly form: string;
  /** Only what could be read: a line with a problem is still a statement. */
  readonly values: RawValues;
  readonly place: Place;
  readonly from: 'file' | 'flag' | 'default';
}

/** What was said, and what was wrong with the saying. */
export interface Parsed {
  readonly statements: readonly Statement[];
  readonly problems: readonly Problem[];
}

/** How a line is introduced in problems when it does not begin with its keyword. */
export type Introduction = (form: string) => string;

export function readLine(
  keyword: string,
  words: readonly string[],
  place: Place,
  from: Statement['from'],
  introduce: Introduction = (form) => (from === 'flag' ? form : `${keyword} ${form}`),
): Parsed {
  const candidates = candidatesFor(keyword, words);
  const score = Math.max(...candidates.map(({ match }) => match.score));
  const best = candidates.filter(({ match }) => match.score === score);
  const fitting = candidates.find(({ match }) => match.failures.length === 0) ?? best[0];
  if (fitting === undefined) return { statements: [], problems: [unknown(keyword, place)] };
  const { entry, form, match } = fitting;
  const statement = { name: entry.statement, keyword, form, values: match.values, place, from };
  if (entry.use === 'flag' && from === 'file') {
    return { statements: [], problems: [onlyAFlag(keyword, place)] };
  }
  if (match.failures.length === 0) return { statements: [statement], problems: [] };
  // A flag with one value has no form worth showing.
  const what = from === 'flag' && isSlot(form) ? slots[form].what : null;
  const forms = best.map((candidate) => quoted(introduce(candidate.form))).join(' or ');
  const remedy = `write for example ${quoted(exampleOf(entry, from))}`;
  const failures =
    best.length > 1 ? [`cannot read ${quoted([keyword, ...words].join(' '))}`] : match.failures;
  const problems = failures.map((said) => problemAt(place, said, what ?? forms, remedy));
  return { statements: [statement], problems };
}

interface Candidate {
  readonly entry: Entry & { statement: StatementName };
  readonly form: string;
  readonly match: Match;
}

const candidatesFor = (keyword: string, words: readonly string[]): Candidate[] =>
  entriesOf(keyword).flatMap((entry) =>
    entry.forms.map((form) => ({ entry, form, match: matchForm(form, words) })),
  );

/** A flag takes the rest of the line, quoted. */
function exampleOf(entry: Entry, from: Statement['from']): string {
  const rest = entry.example.split(' ').slice(1).join(' ');
  if (from !== 'flag') return entry.example;
  return `--${entry.keyword} ${rest.includes(' ') ? `'${rest}'` : rest}`;
}

function unknown(keyword: string, place: Place): Problem {
  const close = nearest(keyword, keywords);
  const remedy =
    close === null
      ? `use one of ${keywords.join(', ')}, or start a comment with #`
      : `did you mean ${quoted(close)}?`;
  return problemAt(place, `unknown keyword ${quoted(keyword)}`, 'a keyword', remedy);
}

const onlyAFlag = (keyword: string, place: Place): Problem =>
  problemAt(place, `${keyword} is only a flag`, 'node lines', `say --${keyword} when you start it`);
