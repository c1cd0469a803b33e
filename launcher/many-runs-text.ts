/** What `simulate --runs` says: a table for people, one document for scripts. */
import type { RunConfig } from '../configs/run-config.ts';
import type { Paint } from '../report/summary.ts';
import type { Quantiles } from '../simulator/quantiles.ts';
import type { Exception, ManyRuns, Measure } from '../simulator/seed-range.ts';

export interface ManyRunsDocument {
  readonly version: 1;
  readonly config: {
    readonly name: string;
    readonly algorithm: string;
    readonly n: number;
    readonly f: number;
    readonly epsilon: number;
    /** R: nobody may need more rounds. */
    readonly rounds: number;
    /** Of the config with the seed that it has without --seed-from. */
    readonly digest: string;
  };
  readonly firstSeed: number;
  readonly runs: number;
  readonly verdicts: ManyRuns['verdicts'];
  readonly exitCode: number;
  readonly quantiles: ManyRuns['quantiles'];
  readonly exceptions: readonly (Exception & { readonly repeat: string })[];
  readonly exceptionsNotShown: number;
}

export function manyRunsDocument(
  config: RunConfig,
  digest: string,
  runs: ManyRuns,
  repeat: (seed: number) => string,
): ManyRunsDocument {
  const { name, algorithm, f, epsilon, rounds, nodes } = config;
  const { seeds, verdicts, exitCode, quantiles, exceptions } = runs;
  return {
    version: 1,
    config: { name, algorithm, n: nodes.length, f, epsilon, rounds, digest },
    firstSeed: seeds.first,
    runs: seeds.count,
    verdicts,
    exitCode,
    quantiles,
    exceptions: exceptions.map((exception) => ({
      ...exception,
      repeat: repeat(exception.seed),
    })),
    exceptionsNotShown: verdicts.violated + verdicts.inconclusive - exceptions.length,
  };
}

const LABELS: Readonly<Record<Measure, string>> = {
  decidingRound: 'deciding round',
  largestRound: 'largest round',
  decideMs: 'decided after, ms',
  finishMs: 'finished after, ms',
  sent: 'messages sent',
  delivered: 'messages delivered',
};

const LABEL_WIDTH = 20;
const NUMBER_WIDTH = 12;

export function manyRunsText(document: ManyRunsDocument, paint: Paint): string {
  const { config, verdicts, firstSeed, runs } = document;
  const lines = [
    `${config.name}: ${config.n} nodes, f = ${config.f}, ${config.algorithm}, ε = ${config.epsilon}, R = ${config.rounds}, seeds ${firstSeed} to ${firstSeed + runs - 1}`,
    [
      paint(`${verdicts.pass} pass`, 'good'),
      paint(`${verdicts.violated} violated`, verdicts.violated > 0 ? 'bad' : 'dim'),
      paint(
        `${verdicts.inconclusive} inconclusive`,
        verdicts.inconclusive > 0 ? 'doubtful' : 'dim',
      ),
    ].join(', '),
    '',
    row('', ['min', 'median', 'p95', 'max']),
    ...Object.entries(LABELS).map(([name, label]) =>
      quantileRow(label, document.quantiles[name as Measure]),
    ),
    ...exceptionLines(document, paint),
  ];
  return `${lines.join('\n')}\n`;
}

const quantileRow = (label: string, quantiles: Quantiles | null): string =>
  quantiles === null
    ? row(label, ['–', '–', '–', '–'])
    : row(label, [quantiles.min, quantiles.median, quantiles.p95, quantiles.max].map(String));

const row = (label: string, cells: readonly string[]): string =>
  `${label.padEnd(LABEL_WIDTH)}${cells.map((cell) => cell.padStart(NUMBER_WIDTH)).join('')}`;

function exceptionLines(document: ManyRunsDocument, paint: Paint): string[] {
  const { exceptions, exceptionsNotShown } = document;
  if (exceptions.length === 0) return [];
  const rest = exceptionsNotShown > 0 ? [`… and ${exceptionsNotShown} more`] : [];
  return [
    '',
    ...exceptions.flatMap(({ seed, verdict, reason, repeat }) => [
      `seed ${seed}: ${paint(verdict, verdict === 'violated' ? 'bad' : 'doubtful')}, ${reason}`,
      `  ${repeat}`,
    ]),
    ...rest,
  ];
}
