/**
 * Everything that keeps a run from a pass without being a violation, the weightiest first. A pass is
 * given only when this list is empty: whoever adds a way for a run to go wrong adds a line here.
 */
import type { Damage } from '../record/read-events.ts';
import type { LedgerEntry, OracleResult, Properties } from '../record/result.ts';
import { isSound } from './case.ts';
import type { Case } from './case.ts';
import { inOrder } from './judge-properties.ts';
import type { Observation } from './observe.ts';

export function doubtsOf(
  of: Case,
  properties: Properties,
  oracles: readonly OracleResult[],
): string[] {
  const doubts = [
    ...endingDoubts(of),
    ...assumptionDoubts(of),
    ...brokenLinks(of),
    ...departures(of),
    ...of.ledger.filter(isDoubtful).map(ledgerDoubt),
  ];
  const damage = of.record.damage
    .filter((each) => !isHarmless(each, of))
    .map(({ file, line, reason }) => `${file}${line === null ? '' : `:${line}`}: ${reason}`);
  const unproved = inOrder(properties)
    .filter(({ state }) => state !== 'proved')
    .map(({ sentence }) => sentence);
  return [...doubts, ...brokenOracles(oracles, doubts), ...damage, ...unproved];
}

/** What is said already, in other words, is not said again. */
function brokenOracles(oracles: readonly OracleResult[], said: readonly string[]): string[] {
  return oracles.flatMap(({ id, name, witnesses }) =>
    witnesses
      .filter(({ sentence }) => !said.some((doubt) => doubt.includes(sentence)))
      .map(({ sentence }) => `${name} (${id}): ${sentence}`),
  );
}

/** The signal that ended the run; null: it was not interrupted. */
export function interruption({ record, observation }: Case): string | null {
  const { finish } = observation;
  if (finish !== null && finish.outcome !== 'interrupted') return null;
  const event = record.launcher.events.find(({ kind }) => kind === 'interrupted');
  if (event?.kind === 'interrupted') return event.signal;
  // By hand there is no launcher to tell; the master names the signal in its reason.
  return finish === null ? null : (/\bSIG[A-Z]+\b/.exec(finish.reason)?.[0] ?? 'SIGINT');
}

function endingDoubts(of: Case): string[] {
  const { finish } = of.observation;
  const signal = interruption(of);
  if (signal !== null) return [`the run was interrupted (${signal})`];
  if (finish === null) return ['the master left no finish record'];
  return finish.outcome === 'complete' ? [] : [`${finish.reason} (${finish.outcome})`];
}

function assumptionDoubts({ record, observation }: Case): string[] {
  const { config } = record;
  if (config === null) return ['the config of the run is not known'];
  const { f, nodes, unsound } = config;
  const failed = observation.faulty.size;
  return [
    unsound || !isSound(config) ? `n = ${nodes.length} is too small for f = ${f} (unsound)` : null,
    failed > f ? `${failed} nodes failed; at most f = ${f} may` : null,
  ].filter((doubt) => doubt !== null);
}

/** A link that ended with one of its ends is no news, also when that end died during the finish. */
function brokenLinks({ record, observation }: Case): string[] {
  const broken = new Set<string>();
  for (const event of record.master.events) {
    if (event.kind === 'finish') break;
    if (event.kind !== 'link') continue;
    const { from, to } = event;
    if (isGone(observation, from) || isGone(observation, to)) continue;
    broken.add(`the link from node ${from} to node ${to} broke while both lived`);
  }
  return [...broken];
}

/** A correct node that left by itself before the end, even after its output: something failed. */
function departures({ record, observation }: Case): string[] {
  return observation.correct.flatMap((node) => {
    const last = record.nodes
      .get(node)
      ?.events.find(({ kind }) => kind === 'finish' || kind === 'abandoned');
    return last?.kind === 'abandoned' ? [`node ${node} left the run: ${last.reason}`] : [];
  });
}

const isGone = ({ faulty, lateDeaths }: Observation, node: number): boolean =>
  faulty.has(node) || lateDeaths.has(node);

/**
 * A drawn crash may come too late for the run; a scripted one was asked for. That a node is slow is no
 * event: one that dies before it has sent anything was slow all the same.
 */
const isDoubtful = ({ fault, origin, status }: LedgerEntry): boolean =>
  status === 'missed' || (status === 'not reached' && origin === 'scripted' && fault !== 'slow');

const ledgerDoubt = ({ origin, sentence }: LedgerEntry): string =>
  origin === 'scripted' ? `a scripted fault did not happen: ${sentence}` : sentence;

/** A dead node may leave a cut file or none. */
function isHarmless({ file, kind }: Damage, { record, observation }: Case): boolean {
  if (kind !== 'cut-tail' && kind !== 'missing') return false;
  const owner = [...record.nodes].find(([, { file: name }]) => name === file)?.[0];
  if (owner === undefined) return false;
  if (observation.faulty.has(owner)) return true;
  return kind === 'cut-tail' && observation.lateDeaths.has(owner);
}
