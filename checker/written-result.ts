/** What result.json says, against what the events say. It is never believed, only compared. */
import type { OracleResult, Result } from '../record/result.ts';

/**
 * One sentence per part that differs. Left out are the machine, the command, and fields that an
 * earlier release did not write.
 */
export function differencesFrom(written: unknown, result: Result): string[] {
  const isObject = typeof written === 'object' && written !== null && !Array.isArray(written);
  if (!isObject) return ['it is not a JSON object'];
  const parts = written as Readonly<Record<string, unknown>>;
  return COMPARED.flatMap((part) => {
    if (!(part in parts)) return [];
    const [said, found] = [shown(part, parts[part]), shown(part, result[part])];
    return said === found ? [] : [sentenceOf(part, said, found)];
  });
}

const COMPARED = [
  'verdict',
  'exitCode',
  'reasons',
  'identity',
  'properties',
  'oracles',
  'rounds',
  'ledger',
  'statistics',
  'damage',
] as const satisfies readonly (keyof Result)[];

/** Who compares knows the digest, and so has checked more than who wrote: only the states count. */
function shown(part: keyof Result, value: unknown): string {
  if (part !== 'oracles' || !Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify((value as readonly OracleResult[]).map(({ id, state }) => [id, state]));
}

const LENGTH_MAX = 60;

function sentenceOf(part: string, said: string, found: string): string {
  const isShort = said.length + found.length <= LENGTH_MAX;
  return isShort
    ? `${part}: ${said}, but the events say ${found}`
    : `${part}: other than what the events say`;
}
