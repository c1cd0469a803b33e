/** npm run bench: what Within costs, against the floor (bench/floor). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import type { Command, Parsed } from '../launcher/command.ts';
import { jsonOption, stringOption } from '../launcher/command.ts';
import { runCommand } from '../launcher/run-command.ts';
import { UsageError } from '../launcher/usage-error.ts';
import { runEntryPoint } from '../runtime/lifecycle.ts';
import { measureParts, partNames } from './measure-parts.ts';
import type { PartName } from './measure-parts.ts';
import { readResults, writeResults } from './results-files.ts';
import { noResults } from './results.ts';
import { renderTable } from './table.ts';

const bench: Command = {
  name: 'bench',
  positional: '',
  summary: 'Measures what clusters and simulations cost, against bare processes that only send.',
  examples: [
    ['npm run bench -- --quick', 'does it run? A minute, no numbers to quote'],
    ['npm run bench', 'table, JSON and plot in docs/bench; a quarter of an hour'],
    ['npm run bench -- --parts steady,memory', 'these parts again, the others as they were'],
  ],
  options: (parser: Argv) =>
    parser
      .demandCommand(0, 0)
      .option('quick', { type: 'boolean', default: false, describe: 'small and few' })
      .option('parts', {
        type: 'string',
        default: partNames.join(),
        describe: 'what to measure again, separated by commas',
      })
      .option('folder', {
        type: 'string',
        describe: 'where the results go; docs/bench, or with --quick runs/bench',
      })
      .option('json', jsonOption('the results')),
  run: runBench,
};

async function runBench(parsed: Parsed): Promise<number> {
  const isQuick = parsed['quick'] === true;
  const names = partsOption(parsed);
  const folder =
    parsed['folder'] === undefined
      ? join(isQuick ? 'runs' : 'docs', 'bench')
      : stringOption(parsed, 'folder');
  const screen = parsed['json'] === true ? process.stderr : process.stdout;
  const scratch = mkdtempSync(join(tmpdir(), 'within-bench-'));
  try {
    const before = readResults(folder, isQuick) ?? noResults(isQuick);
    let results = { ...noResults(isQuick), parts: before.parts };
    // What is ready is kept, whatever happens to the rest.
    for await (const part of measureParts(scratch, names, isQuick, say)) {
      results = { ...results, parts: { ...results.parts, ...part } };
      await writeResults(folder, results);
    }
    screen.write(renderTable(results));
    screen.write(`\nwritten  ${folder}: results.json, table.md, plot.svg\n`);
    if (parsed['json'] === true) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return 0;
}

const say = (line: string): void => {
  process.stderr.write(line);
};

function partsOption(parsed: Parsed): PartName[] {
  return stringOption(parsed, 'parts')
    .split(',')
    .map((name) => {
      const known = partNames.find((part) => part === name.trim());
      if (known !== undefined) return known;
      throw new UsageError(`--parts ${name}: expected some of ${partNames.join(', ')}`);
    });
}

runEntryPoint('within', () => runCommand(bench, process.argv.slice(3)));
