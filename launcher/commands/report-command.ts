/** npm run report: the page of a run made again, two runs compared, or the record as other tools like it. */
import { writeFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Argv } from 'yargs';
import { judge } from '../../checker/verdict.ts';
import { readRunWithAlgorithm } from '../../record/read-run-with-algorithm.ts';
import { RunNotFoundError } from '../../record/read-run.ts';
import { runFiles } from '../../record/run-directory.ts';
import { pageDataOf } from '../../report/build-page-data.ts';
import { compareRuns } from '../../report/compare-runs.ts';
import { renderHtml } from '../../report/html-report.ts';
import { PAGE_SCHEMA } from '../../report/page-data.ts';
import type { ComparedRun } from '../../report/page-data.ts';
import { judgeRun, reportOf, writeReport } from '../../report/write-result.ts';
import { jsonOption } from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { exportFormats, writeExport } from '../export-run.ts';
import { pageAssets } from '../page-assets.ts';
import { UsageError } from '../usage-error.ts';

export const report: Command = {
  name: 'report',
  positional: 'RUN [RUN]',
  summary:
    'Makes report.html of a run again, compares two runs, or exports the record for other tools.',
  examples: [
    ['npm run report -- runs/latest', 'report.html, result.json and summary.txt, from the record'],
    [
      'npm run report -- --compare runs/5nodes/A runs/5nodes/B',
      'two runs and where they part first',
    ],
    ['npm run report -- runs/latest --export shiviz', 'also perfetto, csv, jsonl, junit'],
    ['npm run -s report -- runs/latest --export junit --out -', 'to standard output'],
  ],
  options: reportOptions,
  run: runReport,
};

function reportOptions(parser: Argv): Argv {
  return parser
    .demandCommand(1, 2, 'Which run? Give its directory, e.g. runs/latest.')
    .option('compare', { type: 'boolean', default: false, describe: 'two runs on one page' })
    .option('export', {
      type: 'string',
      choices: exportFormats,
      describe: 'another format than HTML',
    })
    .option('out', {
      type: 'string',
      // Without it `-` would be taken for a run.
      nargs: 1,
      describe:
        'the file to write; csv: the folder; -: standard output. Default: in the run directory; of --compare comparison.html here',
    })
    .option('json', jsonOption('what was written'));
}

async function runReport(parsed: Parsed): Promise<number> {
  const runs = Array.isArray(parsed['_']) ? parsed['_'].map(String) : [];
  const out = typeof parsed['out'] === 'string' ? parsed['out'] : null;
  const files = await written(parsed, runs, out).catch((error: unknown) => {
    throw asUsageError(error);
  });
  if (parsed['json'] === true) {
    process.stdout.write(`${JSON.stringify({ version: 1, written: files }, null, 2)}\n`);
  }
  const screen = parsed['json'] === true || out === '-' ? process.stderr : process.stdout;
  for (const file of files) screen.write(`${file}\n`);
  return 0;
}

/** No such run, no such folder for --out: the user can mend both. */
function asUsageError(error: unknown): unknown {
  if (error instanceof RunNotFoundError) return new UsageError(error.message);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isPlace = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EROFS'].includes(code);
  return isPlace && error instanceof Error
    ? new UsageError(`cannot write there: ${error.message}. Choose another place with --out.`)
    : error;
}

/** Returns the files, relative to where the command was given. */
async function written(
  parsed: Parsed,
  runs: readonly string[],
  out: string | null,
): Promise<string[]> {
  const [run = '', other] = runs;
  const format = parsed['export'];
  if (parsed['compare'] === true) {
    if (other === undefined) throw new UsageError('--compare expects two runs: --compare RUN RUN.');
    if (format !== undefined)
      throw new UsageError('--compare makes a page; it does not go with --export.');
    return save(await comparisonOf(run, other), out ?? 'comparison.html');
  }
  if (other !== undefined) throw new UsageError('Two runs are compared with --compare RUN RUN.');
  if (typeof format === 'string') {
    const record = await readRunWithAlgorithm(run);
    return writeExport(format, record, out).map(fromHere);
  }
  return out === null ? remake(run) : save(reportOf(await judged(run), pageAssets()), out);
}

/** result.json and summary.txt too: page and numbers come from the same judgement. */
async function remake(directory: string): Promise<string[]> {
  const run = await judgeRun(directory);
  writeReport(run, pageAssets());
  const { report: page, result, summary } = runFiles;
  return [page, result, summary].map((file) => fromHere(file(directory)));
}

async function judged(directory: string) {
  const record = await readRunWithAlgorithm(directory);
  return { record, result: judge(record) };
}

async function comparisonOf(one: string, other: string): Promise<string> {
  const [left, right] = [await compared(one), await compared(other)];
  const comparison = compareRuns(left.data, right.data);
  const summary = comparison.first?.sentence ?? 'The two runs are the same, step by step.';
  const document = { version: PAGE_SCHEMA, kind: 'comparison', left, right, comparison } as const;
  return renderHtml(document, pageAssets(), summary);
}

async function compared(directory: string): Promise<ComparedRun> {
  const { record, result } = await judged(directory);
  // As run directories are made: config, then time and seed.
  const name = resolve(directory).split(sep).slice(-2).join('/');
  return { name, data: pageDataOf(record, result) };
}

function save(text: string, file: string): string[] {
  if (file === '-') {
    process.stdout.write(text);
    return [];
  }
  writeFileSync(file, text);
  return [fromHere(file)];
}

const fromHere = (path: string): string => relative(process.cwd(), path) || '.';
