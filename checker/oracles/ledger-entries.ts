/** Entries of the ledger in an oracle's notes. */
import type { LedgerEntry } from '../../record/result.ts';
import { counted } from '../in-words.ts';
import { breach } from '../notes.ts';
import type { Notes } from '../notes.ts';

export function judgeEntry(notes: Notes, { status, sentence, node, round }: LedgerEntry): void {
  notes.checked += 1;
  if (status === 'missed') breach(notes, sentence, { node, round });
}

export function numbersOf(entries: readonly LedgerEntry[]): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const { status } of entries) numbers[status] = (numbers[status] ?? 0) + 1;
  return numbers;
}

export function countsOf(entries: readonly LedgerEntry[]): string {
  const counts = Object.entries(numbersOf(entries)).map(([status, count]) => `${count} ${status}`);
  return `${counted(entries.length, 'entry', 'entries')}: ${counts.join(', ')}`;
}
