/** What a search has found, for people and for scripts. */
import type { Ratio } from '../../agreement/ratio.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import { contractionText, fraction, power } from './fractions.ts';
import type { Counterexample, Setting } from './hunt.ts';
import { inWords, show } from './judge.ts';
import type { SearchReport } from './search.ts';
import { roundsTranscript, stepsTranscript } from './transcript.ts';

/** Where the found schedules were saved; null: there was none. */
export interface SavedPaths {
  readonly worst: string | null;
  readonly counterexample: string | null;
}

export interface SearchSummary {
  readonly config: RunConfig;
  readonly master: string;
  readonly rounds: number;
  readonly budgetSeconds: number;
  readonly report: SearchReport;
  readonly paths: SavedPaths;
}

export function searchText(summary: SearchSummary): string {
  const { report } = summary;
  return [
    ...oneRoundLines(summary),
    ...manyRoundsLines(summary),
    '',
    ...(report.counterexample === null
      ? nothingLines(summary)
      : counterexampleLines(report.counterexample, summary.paths.counterexample)),
    '',
  ].join('\n');
}

function oneRoundLines({ report: { worstRound, claim }, config }: SearchSummary): string[] {
  if (config.nodes.length < 2) return ['one round   a node alone has no spread'];
  if (worstRound === null) return ['one round   no node ever ends it, or its code fails'];
  const { exact, contraction } = worstRound;
  const how =
    exact === null
      ? 'every receive set, inputs of 0 and 1 and some others'
      : 'every receive set, all inputs of 0 and 1';
  const found = contractionText(exact, contraction);
  return [`one round   contraction ${found} (${how})${boundText(claim, 1, config)}`];
}

function manyRoundsLines({ report, rounds, paths, config }: SearchSummary): string[] {
  const { worstRounds, claim } = report;
  const world = worstRounds?.outcome.world ?? null;
  if (worstRounds === null || world === null) return [];
  const { found, sets } = worstRounds;
  const left = contractionText(found.exact, found.contraction);
  const title = `${rounds} round${rounds === 1 ? '' : 's'}`.padEnd(11);
  return [
    `${title} ${left} of the spread is left (${found.method})${boundText(claim, rounds, config)}`,
    ...roundsTranscript(world, sets).map((line) => `  ${line}`),
    ...(paths.worst === null ? [] : [`  npm run simulate -- ${paths.worst}`]),
  ];
}

function boundText(claim: Ratio | null, rounds: number, { algorithmHash }: RunConfig): string {
  const who = algorithmHash === null ? 'proven' : 'claimed';
  return claim === null ? `; nothing is ${who}` : `; ${who}: ${fraction(power(claim, rounds))}`;
}

function nothingLines({ report, budgetSeconds, rounds }: SearchSummary): string[] {
  const { states, walks, exhausted } = report.tried;
  return [
    `no violation found, up to ${rounds} rounds, within a budget of ${budgetSeconds} s`,
    `  ${states} states and ${walks} random schedules tried`,
    ...exhausted.map((setting) => `  every order of deliveries: ${settingText(setting)}`),
  ];
}

function counterexampleLines(found: Counterexample, path: string | null): string[] {
  const { schedule, violation, outcome, sets } = found;
  const { played, orderedAtStart, world } = outcome;
  const { inputs, f, rounds, crashes } = schedule;
  const setting = { n: inputs.length, f, rounds, crashes: crashes.length };
  const count = `${played.length} deliver${played.length === 1 ? 'y' : 'ies'}`;
  return [
    `FOUND       ${inWords(violation)}: ${violation.what}`,
    `smallest    ${settingText(setting)}, ${count}`,
    ...(sets === null || world === null
      ? stepsTranscript(schedule, played, orderedAtStart)
      : roundsTranscript(world, sets)
    ).map((line) => `  ${line}`),
    ...(path === null ? [] : [`  npm run simulate -- ${path}`]),
  ];
}

/** "3 nodes, f = 1, 2 rounds, no crash". */
export function settingText({ n, f, rounds, crashes }: Setting): string {
  const many = (count: number, what: string, ending: string) =>
    `${count === 0 ? 'no' : count} ${what}${count > 1 ? ending : ''}`;
  return `${many(n, 'node', 's')}, f = ${f}, ${many(rounds, 'round', 's')}, ${many(crashes, 'crash', 'es')}`;
}

/** One JSON document; fractions as {numerator, denominator}. */
export function searchDocument(summary: SearchSummary): object {
  const { config, master, rounds, report, paths } = summary;
  const { worstRound, worstRounds, counterexample, claim, tried } = report;
  return {
    version: 1,
    config: { name: config.name, algorithm: config.algorithm, n: config.nodes.length, f: config.f },
    seed: config.seed,
    epsilon: config.epsilon,
    master,
    rounds,
    claim,
    oneRound: worstRound,
    manyRounds: worstRounds && {
      ...{ contraction: worstRounds.found.contraction, exact: worstRounds.found.exact },
      ...{ method: worstRounds.found.method, spreads: worstRounds.spreads },
      ...{ inputs: worstRounds.schedule.inputs, receiveSets: worstRounds.sets, file: paths.worst },
    },
    counterexample: counterexample && {
      ...counterexample.violation,
      ...counterexample.schedule,
      file: paths.counterexample,
    },
    tried,
    exitCode: counterexample === null ? 0 : 1,
  };
}

export const progressText = (setting: Setting, states: number, walks: number): string =>
  `trying ${settingText(setting)} (so far ${show(states)} states, ${show(walks)} random schedules)`;
