/** What was asked for cannot be understood. */
import { nearest } from '../configs/nearest.ts';

/** Wrong arguments: exit code 254. The message says what was expected and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What yargs says of a command line, with what to do about it. `flags`: those of the command. */
export const usageErrorOf = (complaint: string, flags: readonly string[]): UsageError =>
  new UsageError(`${complaint.replace(/\.$/, '')}. ${remedyFor(complaint, flags)}See --help.`);

function remedyFor(complaint: string, flags: readonly string[]): string {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(complaint)?.[1];
  const meant = unknown === undefined ? null : nearest(unknown, flags);
  if (meant !== null) return `Did you mean --${meant}? `;
  const isTooMany = complaint.startsWith('Too many non-option arguments');
  return isTooMany ? 'A flag takes one value: quote it if it has spaces, --delay "0 20". ' : '';
}
