/**
 * The verdict on a run, from its record alone.
 *
 * violated: a property is broken although its assumptions held. pass: all four properties are proved
 * and nothing at all is doubtful. inconclusive: everything else. So a pass needs a reason for
 * everything, and whatever is missing, cut, contradictory or unforeseen keeps it away.
 */
import type { RunRecord } from '../record/read-run.ts';
import { RESULT_SCHEMA } from '../record/result.ts';
import type { Identity, Properties, Result, RoundsUsed, Verdict } from '../record/result.ts';
import { audit } from './audit.ts';
import { openCase } from './case.ts';
import type { Case } from './case.ts';
import { doubtsOf, interruption } from './doubts.ts';
import { inOrder, judgeProperties } from './judge-properties.ts';
import { lastRoundOf } from './known-values.ts';
import { repeatCommand } from './repeat-command.ts';
import { statisticsOf } from './statistics.ts';

/** Never throws on any content of the record, and never writes: see report/write-result.ts. */
export function judge(record: RunRecord): Result {
  const opened = openCase(record);
  const { observation, ledger, decision } = opened;
  const properties = judgeProperties(opened);
  const oracles = audit(opened, properties);
  const violations = violationsOf(properties);
  const doubts = doubtsOf(opened, properties, oracles).filter(
    (doubt) => !violations.some((sentence) => doubt.includes(sentence)),
  );
  const verdict = verdictOf(violations, doubts);
  const reasons = [...violations, ...doubts];
  return {
    version: RESULT_SCHEMA,
    verdict,
    exitCode: exitCodeOf(verdict, opened),
    reason: reasons[0] ?? 'all four properties are proved from the record',
    reasons,
    identity: identityOf(record),
    properties,
    oracles,
    rounds: roundsOf(opened),
    ledger,
    statistics: statisticsOf(record, observation, ledger, decision),
    damage: record.damage,
    repeat: repeatCommand(record),
    environment: record.command?.environment ?? null,
  };
}

const violationsOf = (properties: Properties): string[] =>
  inOrder(properties)
    .filter(({ state }) => state === 'violated')
    .map(({ sentence }) => sentence);

function verdictOf(violations: readonly string[], doubts: readonly string[]): Verdict {
  if (violations.length > 0) return 'violated';
  return doubts.length > 0 ? 'inconclusive' : 'pass';
}

/** As shells report them: 128 + the number of the signal. Any other way to be told to end: SIGTERM. */
const SIGNAL_CODES: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130 };
const TERMINATED_CODE = 143;
const USAGE_CODE = 254;
const FAILURE_CODE = 255;

/** The table of docs/exit-codes.md. A master that failed or was killed is a failure of the tool. */
function exitCodeOf(verdict: Verdict, of: Case): number {
  if (verdict === 'pass') return 0;
  if (verdict === 'violated') return 1;
  const signal = interruption(of);
  if (signal !== null) return SIGNAL_CODES[signal] ?? TERMINATED_CODE;
  const { finish } = of.observation;
  if (finish === null || finish.outcome === 'failure') return FAILURE_CODE;
  // As for a file that does not even load: what the user gave us cannot be run.
  return finish.outcome === 'algorithm-failed' ? USAGE_CODE : 2;
}

function identityOf({ config, master, command }: RunRecord): Identity {
  return {
    run: master.header?.run ?? null,
    name: config?.name ?? null,
    algorithm: config?.algorithm ?? null,
    n: config?.nodes.length ?? null,
    f: config?.f ?? null,
    epsilon: config?.epsilon ?? null,
    seed: config?.seed ?? null,
    seedFrom: config?.seedFrom ?? null,
    digest: command?.digest ?? null,
  };
}

function roundsOf({ record, observation }: Case): RoundsUsed {
  const { config } = record;
  const { decide, outputs, ids, known } = observation;
  const fixed = config?.stop === 'rounds' && outputs.size > 0 ? config.rounds : null;
  const largest = Math.max(-1, ...ids.map((id) => lastRoundOf(known, id)));
  return {
    deciding: decide?.round ?? fixed,
    largest: largest < 0 ? null : largest,
    worstCase: config?.worstCase ?? null,
    limit: config?.rounds ?? null,
  };
}
