/** The auditor's table: every oracle on a line, and under a broken one where. People read this. */
import type { OracleResult, OracleState, Result } from '../record/result.ts';
import type { Paint, Tone } from './summary.ts';
import { propertyLines, verdictLines } from './summary.ts';

const plain: Paint = (text) => text;

const WITNESSES_SHOWN_MAX = 5;
const DAMAGE_SHOWN_MAX = 10;

const tones: Readonly<Record<OracleState, Tone>> = {
  proved: 'good',
  violated: 'bad',
  unverifiable: 'doubtful',
  'not applicable': 'dim',
};

/** `differences`: what result.json says otherwise; null: there is none. Lines end in \n. */
export function renderAudit(
  result: Result,
  title: string,
  differences: readonly string[] | null,
  paint: Paint = plain,
): string {
  const sections = [
    [`${title}: ${runInWords(result)}`],
    [
      ...result.oracles.flatMap((oracle) => oracleLines(oracle, paint)),
      ...openLines(result, paint),
    ],
    propertyLines(result.properties, paint),
    [...damageLines(result, paint), ...writtenLines(differences, paint)],
    verdictLines(result, paint),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** One of many runs: its verdict, and what keeps it from a pass. */
export function renderAuditInShort(
  result: Result,
  title: string,
  differences: readonly string[] | null,
  paint: Paint = plain,
): string {
  const [verdict = '', ...further] = verdictLines(result, paint);
  const broken = result.oracles
    .filter(({ state }) => state === 'violated')
    .flatMap((oracle) => oracleLines(oracle, paint));
  const said = differences === null || differences.length === 0 ? [] : differences;
  const notes = said.map((difference) => `  ${paint(difference, 'doubtful')}`);
  return `${[`${title}  ${verdict}`, ...further, ...broken, ...notes].join('\n')}\n`;
}

/** Two columns of words are as wide as their longest ones. */
function oracleLines(oracle: OracleResult, paint: Paint): string[] {
  const { id, name, state, sentence, witnesses, broken } = oracle;
  const first = `  ${id.padEnd(3)}  ${name.padEnd(24)}  ${paint(state.padEnd(14), tones[state])}  ${sentence}`;
  const shown = witnesses.slice(0, WITNESSES_SHOWN_MAX).map((each) => `       ! ${each.sentence}`);
  const rest = broken - shown.length;
  if (rest > 0) shown.push(`       ! and ${rest} more`);
  return [first, ...shown];
}

/** Most reasons concern many oracles: each is said once. */
function openLines({ oracles }: Result, paint: Paint): string[] {
  const idsByReason = new Map<string, string[]>();
  for (const { id, unchecked } of oracles) {
    for (const why of unchecked) idsByReason.set(why, [...(idsByReason.get(why) ?? []), id]);
  }
  return [...idsByReason].map(
    ([why, ids]) => `  ${paint('not checked', 'dim')}: ${why} (${ids.join(' ')})`,
  );
}

function runInWords({ identity }: Result): string {
  const { name, algorithm, n, f, epsilon, seed } = identity;
  if (name === null) return 'the config is not known';
  return `${name}, ${algorithm ?? '?'}, n = ${n ?? '?'}, f = ${f ?? '?'}, ε = ${epsilon ?? '?'}, seed ${seed ?? '?'}`;
}

function damageLines({ damage }: Result, paint: Paint): string[] {
  if (damage.length === 0) return [`${paint('damage', 'dim')}       none`];
  const shown = damage.slice(0, DAMAGE_SHOWN_MAX).map(({ file, line, kind, reason }, index) => {
    const name = index === 0 ? 'damage' : '';
    const place = line === null ? file : `${file}:${line}`;
    return `${paint(name.padEnd(11), 'dim')}  ${place}: ${reason} (${kind})`;
  });
  const rest = damage.length - shown.length;
  return rest > 0 ? [...shown, `${''.padEnd(11)}  and ${rest} more`] : shown;
}

function writtenLines(differences: readonly string[] | null, paint: Paint): string[] {
  const name = paint('result.json', 'dim');
  if (differences === null) return [`${name}  not there`];
  if (differences.length === 0) return [`${name}  says the same`];
  return differences.map((difference) => `${name}  ${paint(difference, 'doubtful')}`);
}
