/** What a sweep says in a terminal, and its summary.txt. */
import { counted } from '../checker/in-words.ts';
import { short } from '../report/numbers.ts';
import type { Paint } from '../report/summary.ts';
import type { CellResult, Difference, SweepResult } from '../report/sweep-data.ts';
import { groupBy } from './group-by.ts';

const CELLS_SHOWN_MAX = 40;
const EXCEPTIONS_SHOWN_MAX = 10;
const REASONS_SHOWN_MAX = 5;

export function sweepText(result: SweepResult, paint: Paint): string {
  return [
    countLine(result, paint),
    '',
    ...cellLines(result),
    ...skippedLines(result),
    ...differenceLines(result),
    ...exceptionLines(result, paint),
    ...result.warnings.flatMap((warning) => ['', `${paint('mind', 'doubtful')}  ${warning}`]),
    '',
  ].join('\n');
}

function countLine({ endings, cells }: SweepResult, paint: Paint): string {
  const { pass, violated, inconclusive, failed } = endings;
  const run = cells.filter(({ skipped }) => skipped === null).length;
  return [
    counted(run, 'cell'),
    paint(`${pass} pass`, 'good'),
    paint(`${violated} violated`, violated > 0 ? 'bad' : 'dim'),
    paint(`${inconclusive} inconclusive`, inconclusive > 0 ? 'doubtful' : 'dim'),
    paint(`${failed} failed`, failed > 0 ? 'bad' : 'dim'),
  ].join(', ');
}

function cellLines({ cells, varied }: SweepResult): string[] {
  const run = cells.filter(({ skipped }) => skipped === null);
  const shown = run.slice(0, CELLS_SHOWN_MAX);
  const head = [...varied, 'runs', 'rounds', '95 % of mean', 'p95', 'worst case', 'ms', 'messages'];
  const rest = run.length - shown.length;
  return [
    ...aligned([head, ...shown.map((cell) => cellRow(cell, varied))]),
    ...(rest > 0 ? [`… and ${rest} more cells: cells.csv`] : []),
    'rounds, ms and messages are medians',
  ];
}

function cellRow(
  { params, runs, measures, theory }: CellResult,
  varied: readonly string[],
): string[] {
  const { rounds, timeMs, messages } = measures;
  const mean = rounds?.meanInterval ?? null;
  return [
    ...varied.map((name) => params[name] ?? ''),
    `${runs}`,
    rounds === null ? '–' : short(rounds.median),
    mean === null ? '–' : `${short(mean.low)} … ${short(mean.high)}`,
    rounds === null ? '–' : short(rounds.p95),
    `${theory.worstCase ?? '–'}`,
    timeMs === null ? '–' : short(timeMs.median),
    messages === null ? '–' : short(messages.median),
  ];
}

/** By reason: hundreds of cells may be left out for the same one. */
function skippedLines({ cells }: SweepResult): string[] {
  const reasons = new Map<string, string[]>();
  for (const { params, skipped } of cells) {
    if (skipped === null) continue;
    const alike = reasons.get(skipped) ?? [];
    reasons.set(skipped, [...alike, inWords(params)]);
  }
  const count = [...reasons.values()].flat().length;
  if (count === 0) return [];
  const lines = [...reasons].map(([reason, [first = '', ...more]]) => {
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return `  ${first}${others}: ${reason}`;
  });
  const hidden = lines.length - REASONS_SHOWN_MAX;
  const rest = hidden > 0 ? [`  … and ${hidden} more reasons: cells.csv`] : [];
  return ['', `${counted(count, 'cell')} skipped`, ...lines.slice(0, REASONS_SHOWN_MAX), ...rest];
}

/**
 * Over all cells, or in the only one where both values met: that is the first of its kind. The others are
 * in differences.csv and on the page.
 */
function differenceLines({ differences, compare }: SweepResult): string[] {
  const kind = ({ base, other, measure }: Difference) => JSON.stringify([base, other, measure]);
  const overall = [...groupBy(differences, kind).values()].flatMap(([first]) => first ?? []);
  if (overall.length === 0) return [];
  const head = [compare ?? '', '', 'mean difference', '95 %', 'pairs', 'below', 'equal', 'above'];
  return [
    '',
    'paired differences: same seed, same faults',
    ...aligned([head, ...overall.map(differenceRow)]),
  ];
}

function differenceRow(difference: Difference): string[] {
  const { measure, base, other, at, mean, interval, pairs, below, equal, above } = difference;
  const within = interval === null ? '–' : `${short(interval.low)} … ${short(interval.high)}`;
  const counts = [pairs, below, equal, above].map(String);
  const where = Object.keys(at ?? {}).length === 0 ? '' : ` (${inWords(at ?? {})})`;
  return [`${other} − ${base}${where}`, measure, short(mean), within, ...counts];
}

function exceptionLines(
  { exceptions, exceptionsNotShown, cells }: SweepResult,
  paint: Paint,
): string[] {
  if (exceptions.length === 0) return [];
  const params = new Map(cells.map((cell) => [cell.cell, cell.params]));
  const shown = exceptions.slice(0, EXCEPTIONS_SHOWN_MAX);
  const rest = exceptions.length - shown.length + exceptionsNotShown;
  return [
    '',
    ...shown.flatMap(({ cell, repetition, ending, reason, record, repeat }) => [
      `${inWords(params.get(cell) ?? {})}, repetition ${repetition}: ` +
        `${paint(ending, ending === 'inconclusive' ? 'doubtful' : 'bad')}, ${reason}`,
      ...(record === null ? [] : [`  record ${record}`]),
      `  ${repeat}`,
    ]),
    ...(rest > 0 ? [`… and ${rest} more that are no pass: runs.csv`] : []),
  ];
}

export const inWords = (params: Readonly<Record<string, string>>): string =>
  Object.entries(params)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ') || 'the only cell';

/** Columns as wide as they must be; the last ones are numbers. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((text, column) => text.padStart(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
