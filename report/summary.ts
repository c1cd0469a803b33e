/**
 * A run on one screen: summary.txt and the end of what `cluster` prints. The first line is the
 * verdict. People read this; scripts read result.json, which has every number at full length.
 */
import type { Properties, PropertyState, Result, Verdict } from '../record/result.ts';
import { duration, inBytes, short } from './numbers.ts';

export type Tone = 'good' | 'bad' | 'doubtful' | 'dim';

/** How a terminal colours a piece of text; a file gets it plain. */
export type Paint = (text: string, tone: Tone) => string;

const plain: Paint = (text) => text;

const REASONS_SHOWN_MAX = 5;
const LEDGER_SHOWN_MAX = 12;
const SPREADS_SHOWN_MAX = 8;

const verdictTone: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  violated: 'bad',
  inconclusive: 'doubtful',
};

const stateTone: Readonly<Record<PropertyState, Tone>> = {
  proved: 'good',
  violated: 'bad',
  unverifiable: 'doubtful',
};

/** Lines end in \n; so does the text. */
export function renderSummary(result: Result, paint: Paint = plain): string {
  const sections = [
    verdictLines(result, paint),
    propertyLines(result.properties, paint),
    [
      ...section('rounds', convergenceLines(result), paint),
      ...section('faults', ledgerLines(result), paint),
      ...section('cost', costLines(result), paint),
      ...section('time', timeLines(result), paint),
      ...section('run', identityLines(result), paint),
    ],
    [`repeat  ${result.repeat}`],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

export function verdictLines({ verdict, reason, reasons }: Result, paint: Paint): string[] {
  const further = reasons.slice(1, REASONS_SHOWN_MAX).map((sentence) => `  also: ${sentence}`);
  const rest = reasons.length - REASONS_SHOWN_MAX;
  if (rest > 0) further.push(`  and ${rest} more in result.json`);
  return [`${paint(verdict.toUpperCase(), verdictTone[verdict])}  ${reason}`, ...further];
}

export function propertyLines(properties: Properties, paint: Paint): string[] {
  const { validity, agreement, termination, faultBound } = properties;
  return [
    ['validity', validity] as const,
    ['ε-agreement', agreement] as const,
    ['termination', termination] as const,
    ['at most f', faultBound] as const,
  ].map(([name, { state, sentence }]) => {
    const padded = paint(state.padEnd(12), stateTone[state]);
    return `  ${name.padEnd(11)}  ${padded}  ${sentence}`;
  });
}

/** A name on the first line, the same indent on all. */
const section = (name: string, lines: readonly string[], paint: Paint): string[] =>
  lines.map((line, index) => `${paint((index === 0 ? name : '').padEnd(6), 'dim')}  ${line}`);

function convergenceLines({ rounds, statistics }: Result): string[] {
  const { deciding, largest, worstCase, limit } = rounds;
  const proven = worstCase === null ? 'no worst case is proven' : `proven worst case ${worstCase}`;
  const used = deciding === null ? 'no round was decided' : `${deciding} used`;
  const { contraction, rounds: steps } = statistics;
  const spreads = steps.slice(0, SPREADS_SHOWN_MAX).map(({ spread }) => short(spread));
  if (steps.length > SPREADS_SHOWN_MAX) spreads.push('…');
  const factors = [
    contraction.mean === null ? null : `mean ${short(contraction.mean)}`,
    contraction.worst === null ? null : `worst ${short(contraction.worst)}`,
    contraction.proven === null ? null : `proven ${short(contraction.proven)}`,
  ].filter((factor) => factor !== null);
  return [
    `${used}; ${proven}; limit ${limit ?? 'unknown'}; largest reached ${largest ?? 'none'}`,
    `spread by round: ${spreads.join(' → ')}`,
    `contraction per round: ${factors.join(', ')}`,
  ];
}

/** When there are too many for a screen, those that need no look are only counted. */
function ledgerLines({ ledger }: Result): string[] {
  if (ledger.length === 0) return ['none planned, none happened'];
  const quiet = (status: string, origin: string): boolean =>
    origin === 'drawn' && (status === 'skipped' || status === 'not reached');
  const isLong = ledger.length > LEDGER_SHOWN_MAX;
  const loud = isLong ? ledger.filter(({ status, origin }) => !quiet(status, origin)) : ledger;
  const shown = loud.slice(0, LEDGER_SHOWN_MAX);
  const lines = shown.map(({ status, sentence }) => `${status.padEnd(11)}  ${sentence}`);
  const rest = ledger.filter((entry) => !shown.includes(entry));
  return rest.length === 0 ? lines : [...lines, `and ${countsOf(rest)}: see result.json`];
}

function countsOf(ledger: Result['ledger']): string {
  const counts = new Map<string, number>();
  for (const { status } of ledger) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}

function costLines({ statistics }: Result): string[] {
  const { messages, processes } = statistics;
  const { sent, delivered, late, unused, pending, refused, inboxDeepest } = messages;
  const traffic = Object.entries(messages.traffic)
    .filter(([, { messages: count }]) => count > 0)
    .map(([type, { messages: count, bytes }]) => `${type} ${count} (${inBytes(bytes)})`);
  const deepest =
    inboxDeepest === null
      ? ''
      : `; deepest inbox ${inboxDeepest.messages} (node ${inboxDeepest.node})`;
  const cpuMs = processes.reduce((total, process) => total + process.cpuMs, 0);
  const memory = Math.max(0, ...processes.map(({ rssBytesMax }) => rssBytesMax));
  return [
    `${sent} values sent, ${delivered} delivered: ${late} late, ${unused} unused, ` +
      `${pending} still waiting, ${refused} refused${deepest}`,
    ...(traffic.length === 0 ? [] : [`sent by type: ${traffic.join(', ')}`]),
    ...(processes.length === 0
      ? []
      : [`CPU ${duration(cpuMs)} in all, memory at most ${inBytes(memory)} in a process`]),
  ];
}

function timeLines({ statistics }: Result): string[] {
  const { timing, delays } = statistics;
  const { registeredMs, readyMs, startMs, decideMs, lastOutputMs, finishMs, decisionLagMs } =
    timing;
  const steps = [
    stepInWords('processes up', 0, registeredMs),
    stepInWords('connected', registeredMs, readyMs),
    stepInWords('agreement', startMs, lastOutputMs),
    stepInWords('stop', lastOutputMs, finishMs),
    stepInWords('to the decision', startMs, decideMs),
    decisionLagMs === null ? null : `the master's lag ${duration(decisionLagMs)}`,
  ].filter((step) => step !== null);
  const lines = [steps.length === 0 ? 'the run did not start' : steps.join(', ')];
  if (delays === null) return lines;
  const { messages, askedMedianMs, actualMedianMs, errorMedianMs, errorWorstMs } = delays;
  return [
    ...lines,
    `delays of ${messages} messages: asked ${duration(askedMedianMs)}, ` +
      `actual ${duration(actualMedianMs)} (medians); ` +
      `late by ${duration(errorMedianMs)} in the median, ${duration(errorWorstMs)} at worst`,
  ];
}

const stepInWords = (name: string, from: number | null, to: number | null): string | null =>
  from === null || to === null ? null : `${name} ${duration(to - from)}`;

function identityLines({ identity, environment }: Result): string[] {
  const { run, name, algorithm, n, f, epsilon, seed, seedFrom, digest } = identity;
  const machine =
    environment === null
      ? []
      : [`Node.js ${environment.node}, ${environment.platform}, ${environment.cpus} CPUs`];
  if (name === null) return ['the config is not known', ...machine];
  return [
    `${name}: ${algorithm ?? '?'}, n = ${n ?? '?'}, f = ${f ?? '?'}, ε = ${epsilon ?? '?'}`,
    `seed ${seed ?? '?'} (from ${seedFrom ?? '?'}), run ${run ?? 'unknown'}` +
      (digest === null ? '' : `, config ${digest.slice(0, 12)}`),
    ...machine,
  ];
}
