/** O3, O4, O23: every step of every node, done again. */
import { AlgorithmError } from '../../agreement/algorithm-error.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { isClosed } from '../case.ts';
import { counted } from '../in-words.ts';
import { breach, conclude, leaveOut, openNotes, unverifiable } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { effectInWords } from '../replay.ts';
import { clamped, secondRules } from '../second-rules.ts';
import type { SecondRule } from '../second-rules.ts';
import { leaveOutUnreadable } from '../unreadable.ts';
import type { Update } from '../updates.ts';

const REPLAY = { id: 'O4', name: 'replay' } as const;

/** The participant, given the events of a file, does what the file says, bit for bit. */
export function replay(of: Case): OracleResult {
  const { record, replays, observation, algorithm, readable } = of;
  if (algorithm === null) return unverifiable(REPLAY, 'the algorithm is not known here');
  const notes = openNotes();
  let events = 0;
  for (const [node, { difference, at, due }] of replays) {
    const file = record.nodes.get(node);
    notes.checked += 1;
    events += file?.events.length ?? 0;
    if (difference !== null) {
      breach(notes, difference, { node, at });
    } else if (due !== null && file !== undefined && isClosed(of, file)) {
      if (observation.faulty.has(node)) continue;
      const sentence = `${file.file} ends without the ${effectInWords(due)} that must follow`;
      breach(notes, sentence, { node, at: placeOf(file, file.events.length - 1) });
    }
  }
  leaveOutUnreadable(notes, of);
  const said = `${counted(events, 'event')} of ${counted(readable.size, 'node')} give the same effects, bit for bit`;
  return conclude(REPLAY, notes, said, { nodes: replays.size, events });
}

const RECOMPUTED = { id: 'O23', name: 'recomputed' } as const;
const ROUNDING = { id: 'O3', name: 'rounding' } as const;

/**
 * Every update again, from the receive lines, by code that is not the participant's: a second
 * implementation of the built-in rules. A user's rule has only one: that very function is called, with
 * the quorum that was worked out here.
 */
export function recomputed(of: Case): OracleResult[] {
  const rule = ruleOf(of);
  if (rule === null) {
    const why =
      of.algorithm?.rule === undefined
        ? 'a whole participant has no rule that can be called by itself'
        : 'the auditor has no second implementation of this rule';
    return [unverifiable(ROUNDING, why), unverifiable(RECOMPUTED, why)];
  }
  const again = openNotes();
  const rounding = openNotes();
  const carried = { count: 0, most: 0 };
  for (const { updates } of of.walks.values()) {
    for (const update of updates) recompute(of, rule, update, { again, rounding, carried });
  }
  for (const notes of [again, rounding]) leaveOutUnreadable(notes, of);
  const whose =
    of.record.config?.algorithmHash === null ? 'a second implementation' : "the user's rule";
  const twice = `${counted(again.checked, 'update')} from the receive lines by ${whose}, bit for bit`;
  const inside =
    `${counted(carried.count, 'update')} of ${rounding.checked} carried out of their range, ` +
    `by at most ${carried.most}, and clamped`;
  return [
    conclude(ROUNDING, rounding, inside, { clamped: carried.count, most: carried.most }),
    conclude(RECOMPUTED, again, twice),
  ];
}

function ruleOf({ record, algorithm }: Case): SecondRule | null {
  const { config } = record;
  const own = algorithm?.rule;
  if (config === null || own === undefined) return null;
  if (config.algorithmHash === null) return secondRules[config.algorithm] ?? null;
  return (values, f) => own.update(Float64Array.from(values).sort(), f);
}

interface Sheets {
  readonly again: Notes;
  readonly rounding: Notes;
  readonly carried: { count: number; most: number };
}

function recompute(of: Case, rule: SecondRule, update: Update, sheets: Sheets): void {
  const { node, round, value, before, heard, index } = update;
  const { config, nodes } = of.record;
  const file = nodes.get(node);
  const at = file === undefined ? null : placeOf(file, index);
  if (before === null || config === null || heard.length === 0) {
    // With n − f = 1 there is nobody to hear; otherwise O5 says what is missing.
    if (before === null || config === null || config.nodes.length - config.f > 1) return;
  }
  const values = [before, ...heard.map((message) => message.value)];
  const next = nextOf(rule, values, config.f, sheets.again);
  if (next === null) return;
  const kept = clamped(next, values);
  const distance = Math.abs(next - kept);
  sheets.again.checked += 1;
  sheets.rounding.checked += 1;
  if (distance > 0) sheets.carried.count += 1;
  sheets.carried.most = Math.max(sheets.carried.most, distance);
  const place = { node, round, at };
  if (!Object.is(kept, value)) {
    const sentence = `node ${node} went to ${value} in round ${round}; what it had heard gives ${kept} (${at})`;
    breach(sheets.again, sentence, place);
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (kept < low || kept > high) {
    const sentence = `no rounding takes ${low} to ${high} to ${kept}, as the rule does for node ${node} in round ${round}`;
    breach(sheets.rounding, sentence, place);
  }
}

function nextOf(
  rule: SecondRule,
  values: readonly number[],
  f: number,
  notes: Notes,
): number | null {
  try {
    return rule(values, f);
  } catch (error) {
    if (!(error instanceof AlgorithmError)) throw error;
    leaveOut(notes, error.message);
    return null;
  }
}
