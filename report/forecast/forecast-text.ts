/** A forecast on one screen. Every number says where it comes from. */
import { duration, inBytes, short } from '../numbers.ts';
import type { Paint } from '../summary.ts';
import type { CrashOdds, Forecast, PlannedDeath, Spread } from './forecast.ts';

const PLANNED_SHOWN_MAX = 12;

/** Lines end in \n; so does the text. */
export function renderForecast(forecast: Forecast, paint: Paint): string {
  const { config } = forecast;
  const { name, algorithm, n, f, epsilon, seed } = config;
  const head = `${name}: ${algorithm}, n = ${n}, f = ${f}, ε = ${epsilon}, seed ${seed}`;
  const sections = [
    ['rounds', roundLines(forecast)],
    ['cost', messageLines(forecast)],
    ['chance', crashLines(forecast)],
    ['delays', delayLines(forecast)],
    ['plan', planLines(forecast)],
    ['basis', basisLines(forecast)],
  ] as const;
  const lines = sections.flatMap(([title, texts]) =>
    texts.map((text, index) => `${paint((index === 0 ? title : '').padEnd(6), 'dim')}  ${text}`),
  );
  return `${head}\n\n${lines.join('\n')}\n`;
}

function roundLines({ rounds, config, sample, rehearsal }: Forecast): string[] {
  const { inputSpread, contraction, worstCase, limit } = rounds;
  const proven =
    worstCase === null
      ? `no worst case is proven; the limit is ${limit}`
      : `worst case ${worstCase} (proven: each round leaves at most K = ${short(contraction ?? 1)} ` +
        `of a spread of ${short(inputSpread)}); limit ${limit}`;
  const expected = sample?.rounds ? `expected ${range(sample.rounds, String)}` : null;
  const own = rehearsal === null ? null : `this seed in virtual time: ${rehearsal.round ?? 'none'}`;
  return [
    `a round ends for a node with ${config.quorum} of ${config.n} values, its own included`,
    proven,
    ...[expected, own].filter((line) => line !== null),
  ];
}

function messageLines({ messages, config, sample }: Forecast): string[] {
  const { perRound, reportsPerRound, bytesEach, worstCase } = messages;
  const expected = sample?.messages ? [`expected in all ${range(sample.messages, count)}`] : [];
  const lasts = sample?.durationMs
    ? [
        `expected time from start to end ${range(sample.durationMs, duration)}, without the machine’s own`,
      ]
    : [];
  return [
    `${count(perRound)} values a round (${config.n} nodes, ${config.n - 1} copies each), ` +
      `${bytesEach} bytes each, and ${count(reportsPerRound)} reports to the master`,
    ...expected,
    `at most ${count(worstCase)} values in all (${inBytes(worstCase * bytesEach)})`,
    ...lasts,
  ];
}

function crashLines({ crashes, config }: Forecast): string[] {
  const { per, perDraw, perRound, meanRoundsToDeath, odds } = crashes;
  if (config.f === 0) return ['f = 0: nobody crashes'];
  if (meanRoundsToDeath === null) return ['nobody crashes by chance'];
  const draw = per === 'round-end' ? 'at the end of each round' : 'before each send';
  return [
    `a node crashes with ${percent(perDraw)} ${draw}: with ${percent(perRound)} in a round, ` +
      `after ${short(meanRoundsToDeath)} rounds in the mean`,
    ...odds.map((entry) => oddsLine(entry, config.f)),
  ];
}

const oddsLine = ({ round, why, aNode, allF }: CrashOdds, f: number): string =>
  `up to round ${round} (${why}): a given node with ${percent(aNode)}, all f = ${f} with ${percent(allF)}`;

const delayLines = ({ delays }: Forecast): string[] => [
  `${delays.words}; the largest is ${duration(delays.largestMs)}`,
  ...(delays.holds === 0 ? [] : [`${delays.holds} scripted holds come on top`]),
  ...delays.links,
];

function planLines({ plan }: Forecast): string[] {
  if (plan.crashes.length === 0) return [...plan.script, 'with this seed nobody crashes'];
  const shown = plan.crashes.slice(0, PLANNED_SHOWN_MAX).map(deathLine);
  const rest = plan.crashes.length - shown.length;
  const spared = plan.skipped.length;
  return [
    ...plan.script,
    ...shown,
    ...(rest > 0 ? [`and ${rest} more (--json has all)`] : []),
    ...(spared > 0 ? [`${spared} more were drawn, but f allows no more: they are spared`] : []),
  ];
}

function deathLine({ node, round, reached, sends, origin, isReached }: PlannedDeath): string {
  const to = reached.length === 0 ? 'nobody gets it' : `${reached.length} of ${sends} get it`;
  const tried =
    isReached === null
      ? ''
      : isReached
        ? '; reached in virtual time'
        : '; not reached in virtual time';
  return `node ${node} dies in round ${round}, ${to} (${origin}${tried})`;
}

function basisLines({ sample }: Forecast): string[] {
  if (sample === null) return ['bounds only: nothing was simulated'];
  const { firstSeed, runs, verdicts } = sample;
  const last = firstSeed + runs - 1;
  const other = verdicts.violated + verdicts.inconclusive;
  const judged =
    other === 0
      ? 'all of them pass'
      : `${verdicts.pass} pass, ${verdicts.violated} violated, ${verdicts.inconclusive} inconclusive`;
  return [
    `expected: median (95 % are at most) of ${runs} runs in virtual time, seeds ${firstSeed} to ${last}; ${judged}`,
    'real processes add their own time and order, so a run may differ from its rehearsal',
  ];
}

const range = ({ median, p95, max }: Spread, text: (x: number) => string): string =>
  `${text(median)} (95 %: ${text(p95)}; most: ${text(max)})`;

const count = (x: number): string => x.toLocaleString('en');

/** "3 %", "0.012 %"; what is not certain does not look so. */
function percent(chance: number): string {
  if (chance > 0 && chance < 1e-6) return 'less than 0.0001 %';
  if (chance > 0.9995 && chance < 1) return 'more than 99.9 %';
  return `${Number((100 * chance).toPrecision(3))} %`;
}
