/**
 * Was a run judged rightly? Asked without the checker where that is possible, and of the checker once
 * more where it is not. What a trial did to its run bounds what may come out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { judge } from '../checker/verdict.ts';
import type { RunConfig } from '../configs/run-config.ts';
import { readRun } from '../record/read-run.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { Result } from '../record/result.ts';
import { runFiles } from '../record/run-directory.ts';
import type { Played } from './play.ts';

export interface Findings {
  readonly result: Result | null;
  readonly record: RunRecord | null;
  /** What must not be: each is a failure of the tool. */
  readonly problems: readonly string[];
}

export function examine(played: Played): Findings {
  const { directory, isHung, orphans } = played;
  const problems: string[] = [];
  if (isHung) problems.push('it did not end and had to be killed');
  if (orphans.length > 0) problems.push(`${orphans.length} processes outlived the launcher`);
  if (directory === null) {
    problems.push('it left no run directory');
    return { result: null, record: null, problems };
  }
  const record = readRun(directory);
  const result = judge(record);
  problems.push(
    ...wrongCode(played, result),
    ...wrongOracles(result),
    ...wrongReading(record, result),
  );
  problems.push(...wrongWritten(directory, result));
  return { result, record, problems };
}

const has = ({ done }: Played, kind: string): boolean => done.some((one) => one.kind === kind);

const killed = ({ done }: Played, isWanted: (node: number) => boolean): number =>
  done.filter((one) => one.kind === 'kill' && isWanted(one.node)).length;

/** What may come out, given what was done. 1, "violated", never. */
function wrongCode(played: Played, result: Result): string[] {
  const { code, signal: by, trial } = played;
  if (has(played, 'kill-launcher')) return by === 'SIGKILL' || code !== 1 ? [] : ['exit code 1'];
  if (killed(played, (node) => node === 0) > 0)
    return [0, 2, 255, 130, 143].includes(code ?? -1) ? [] : [ended(played)];
  if (has(played, 'interrupt')) return [0, 2, 130, 143].includes(code ?? -1) ? [] : [ended(played)];
  if (code === 0) return [];
  if (code !== 2) return [ended(played)];
  return isExcused(played, result, trial.f) ? [] : [`inconclusive without cause: ${result.reason}`];
}

const ended = ({ code, signal: by, said }: Played): string =>
  `it ended with ${by ?? `code ${code}`}: ${said.slice(-1_000)}`;

/** More faults than f, a link that was reset, a scripted fault that the run was too short for. */
function isExcused(played: Played, { reasons, ledger }: Result, f: number): boolean {
  const planned = ledger.filter(
    ({ fault, status }) => fault === 'crash' && status === 'fired',
  ).length;
  const cut = has(played, 'reset') ? 1 : 0;
  if (killed(played, (node) => node > 0) + planned + cut > f) return true;
  if (cut > 0 && reasons.some((reason) => /broke while both lived/.test(reason))) return true;
  return reasons.every((reason) => /^a scripted fault did not happen/.test(reason));
}

/** These processes were honest, whatever happened to them. */
const wrongOracles = ({ oracles }: Result): string[] =>
  oracles
    .filter(({ state, id }) => state === 'violated' && id !== 'O9')
    .map(({ id, name, witnesses }) => `${id} ${name}: ${witnesses[0]?.sentence}`);

/** The definition of a pass, by arithmetic on the master's file. */
function wrongReading({ config, master }: RunRecord, { verdict }: Result): string[] {
  if (verdict === 'violated') return ['violated'];
  if (verdict !== 'pass' || config === null) return [];
  const end = master.events.findIndex(({ kind }) => kind === 'finish');
  const events = master.events.slice(0, end);
  const outputs = new Map(
    events.flatMap((event) => (event.kind === 'output' ? [[event.from, event.value]] : [])),
  );
  const dead = new Set(events.flatMap((event) => (event.kind === 'death' ? [event.node] : [])));
  return [
    ...outOfRange(config, [...outputs.values()]),
    ...(dead.size > config.f ? [`a pass with ${dead.size} dead of f = ${config.f}`] : []),
    ...config.nodes
      .filter(({ id }) => !dead.has(id) && !outputs.has(id))
      .map(({ id }) => `a pass without the output of node ${id}`),
  ];
}

function outOfRange({ nodes, epsilon }: RunConfig, outputs: readonly number[]): string[] {
  const inputs = nodes.map(({ input }) => input);
  const [low, high] = [Math.min(...outputs), Math.max(...outputs)];
  const isValid = Math.min(...inputs) <= low && high <= Math.max(...inputs);
  return [
    ...(isValid ? [] : [`a pass with outputs from ${low} to ${high}`]),
    ...(high - low <= epsilon ? [] : [`a pass with outputs ${high - low} apart`]),
  ];
}

/** What the launcher wrote down must be what the record says. */
function wrongWritten(directory: string, { verdict }: Result): string[] {
  const file = runFiles.result(directory);
  if (!existsSync(file)) return [];
  const written = JSON.parse(readFileSync(file, 'utf8')) as Result;
  return written.verdict === verdict ? [] : [`judged ${written.verdict}, now ${verdict}`];
}
