/** npm run check: judges recorded runs again, from their events alone. */
import { existsSync } from 'node:fs';
import type { Argv } from 'yargs';
import { judge } from '../../checker/verdict.ts';
import { differencesFrom } from '../../checker/written-result.ts';
import { readPlainFile } from '../../record/plain-file.ts';
import { readRunWithAlgorithm } from '../../record/read-run-with-algorithm.ts';
import { RunNotFoundError } from '../../record/read-run.ts';
import type { Result, Verdict } from '../../record/result.ts';
import { runFiles } from '../../record/run-directory.ts';
import { renderAudit, renderAuditInShort } from '../../report/audit-text.ts';
import { EXIT } from '../../runtime/exit-codes.ts';
import { jsonOption } from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { optimizeLate } from '../optimize-late.ts';
import { paintFor } from '../paint.ts';

export const check: Command = {
  name: 'check',
  positional: 'RUN...',
  summary: 'Audits recorded runs: judges their events again and trusts nothing else.',
  examples: [
    ['npm run check -- runs/latest', 'every oracle with its numbers'],
    ['npm run check -- runs/*/*', 'many runs, a line each'],
    ['npm run -s check -- runs/latest --json', 'one JSON document on standard output'],
  ],
  options: checkOptions,
  run: runCheck,
};

function checkOptions(parser: Argv): Argv {
  return parser
    .demandCommand(1, 'Which run? Give its directory, e.g. runs/latest.')
    .option('table', {
      type: 'boolean',
      default: false,
      describe: 'every oracle of every run, also of many',
    })
    .option('json', jsonOption('the audits'));
}

/** One run, audited. */
interface Audited {
  readonly run: string;
  readonly result: Result;
  /** What result.json says otherwise; null: there is none. */
  readonly differences: readonly string[] | null;
}

async function runCheck(parsed: Parsed): Promise<number> {
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  const paint = paintFor(screen);
  const runs = Array.isArray(parsed['_']) ? parsed['_'].map(String) : [];
  const isTable = parsed['table'] === true || runs.length === 1;
  const render = isTable ? renderAudit : renderAuditInShort;
  optimizeLate();
  const audits: Audited[] = [];
  const missing: string[] = [];
  for (const run of runs) {
    const audited = await auditOf(run, missing);
    if (audited === null) continue;
    audits.push(audited);
    screen.write(render(audited.result, run, audited.differences, paint));
  }
  const exitCode = exitCodeOf(audits, missing);
  if (runs.length > 1) screen.write(`\n${tallyOf(audits, missing.length)}\n`);
  for (const problem of missing) process.stderr.write(`within: ${problem}\n`);
  if (isJson)
    process.stdout.write(`${JSON.stringify({ version: 1, exitCode, audits }, null, 2)}\n`);
  return exitCode;
}

/** Null, and named in `missing`: there is no such run. The others are audited all the same. */
async function auditOf(run: string, missing: string[]): Promise<Audited | null> {
  try {
    const record = await readRunWithAlgorithm(run);
    const result = judge(record);
    return { run, result, differences: compareWritten(run, result) };
  } catch (error) {
    if (!(error instanceof RunNotFoundError)) throw error;
    missing.push(error.message);
    return null;
  }
}

function compareWritten(run: string, result: Result): string[] | null {
  const file = runFiles.result(run);
  if (!existsSync(file)) return null;
  try {
    return differencesFrom(JSON.parse(readPlainFile(file).toString('utf8')), result);
  } catch {
    return ['it cannot be read as JSON'];
  }
}

/** Of many runs the worst one counts; a violation outranks everything. */
function exitCodeOf(audits: readonly Audited[], missing: readonly string[]): number {
  const verdicts = new Set<Verdict>(audits.map(({ result }) => result.verdict));
  if (verdicts.has('violated')) return EXIT.violated;
  if (missing.length > 0) return EXIT.usage;
  return verdicts.has('inconclusive') ? EXIT.inconclusive : EXIT.pass;
}

function tallyOf(audits: readonly Audited[], missing: number): string {
  const count = (verdict: Verdict): string =>
    `${audits.filter(({ result }) => result.verdict === verdict).length} ${verdict}`;
  const parts = [count('pass'), count('violated'), count('inconclusive')];
  if (missing > 0) parts.push(`${missing} not there`);
  return `${audits.length + missing} runs: ${parts.join(', ')}`;
}
