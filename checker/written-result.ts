/** What result.json says, against what the events say. It is never believed, only compared. */
import type { Result } from '../record/result.ts';

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
    const [said, found] = [JSON.stringify(parts[part]), JSON.stringify(result[part])];
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

const LENGTH_MAX = 60;

function sentenceOf(part: string, said: string, found: string): string {
  const isShort = said.length + found.length <= LENGTH_MAX;
  return isShort
    ? `${part}: ${said}, but the events say ${found}`
    : `${part}: other than what the events say`;
}
