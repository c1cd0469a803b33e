/** O5, O6, O12: whose values an update uses. */
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import { quorum } from '../../agreement/resilience.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { counted, inWords } from '../in-words.ts';
import { breach, conclude, notApplicable, openNotes, unverifiable } from '../notes.ts';
import type { Oracle } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { leaveOutUnreadable } from '../unreadable.ts';
import type { Update } from '../updates.ts';

const QUORUMS = { id: 'O5', name: 'quorums' } as const;

/** n − f values of distinct senders: the own one, and the first others in order of arrival. */
export function quorums(of: Case): OracleResult {
  const config = roundBasedConfig(of, QUORUMS);
  if ('state' in config) return config;
  const notes = openNotes();
  const size = quorum(config.nodes.length, config.f);
  for (const [node, { updates }] of of.walks) {
    for (const update of updates) {
      notes.checked += 1;
      const problem = quorumProblem(update, size);
      if (problem === null) continue;
      const file = of.record.nodes.get(node);
      const at = file === undefined ? null : placeOf(file, update.index);
      const sentence = `node ${node} ended round ${update.round - 1} with ${problem} (${at})`;
      breach(notes, sentence, { node, round: update.round, at });
    }
  }
  leaveOutUnreadable(notes, of);
  const said = `${counted(notes.checked, 'quorum')} of n − f = ${size} distinct senders, the own value and the first others`;
  return conclude(QUORUMS, notes, said, { size });
}

function quorumProblem({ node, used, heard }: Update, size: number): string | null {
  if (used.length !== size) return `${counted(used.length, 'value')} instead of n − f = ${size}`;
  if (new Set(used).size < used.length) return `a sender counted twice: ${inWords(used)}`;
  if (!used.includes(node)) return `values of ${inWords(used)}, without its own`;
  if (heard.length < size - 1) return `only ${counted(heard.length, 'message')} of others heard`;
  const expected = [node, ...heard.map(({ from }) => from)];
  if (expected.every((sender, index) => sender === used[index])) return null;
  return `values of ${inWords(used)}; the first were those of ${inWords(expected)}`;
}

const INTERSECTION = { id: 'O6', name: 'quorum intersection' } as const;

/** Any two quorums of a round share at least n − 2f senders. */
export function intersections(of: Case): OracleResult {
  const config = roundBasedConfig(of, INTERSECTION);
  if ('state' in config) return config;
  const n = config.nodes.length;
  const least = n - 2 * config.f;
  const notes = openNotes();
  let fewest = n;
  for (const [round, updates] of updatesByRound(of)) {
    const sets = distinctSets(updates, n);
    for (const [index, one] of sets.entries()) {
      for (const other of sets.slice(index + 1)) {
        notes.checked += 1;
        const shared = sharedBits(one.bits, other.bits);
        fewest = Math.min(fewest, shared);
        if (shared >= least) continue;
        const sentence = `the quorums of nodes ${one.node} and ${other.node} in round ${round - 1} share ${shared} senders, fewer than n − 2f = ${least}`;
        breach(notes, sentence, { node: one.node, round: round - 1 });
      }
    }
  }
  if (notes.checked === 0)
    return notApplicable(INTERSECTION, 'no two different quorums of a round');
  leaveOutUnreadable(notes, of);
  const said = `${counted(notes.checked, 'pair')} of different quorums share at least ${counted(fewest, 'sender')}; n − 2f = ${least}`;
  return conclude(INTERSECTION, notes, said, { fewest, least });
}

const SAME_QUORUM = { id: 'O12', name: 'same quorum, same value' } as const;

/**
 * Nodes that used the same senders hold the same value, to the last bit. In a round in which only
 * n − f nodes sent anything (f crashed cleanly before it) that is everybody: the spread is 0.
 */
export function sameQuorums(of: Case): OracleResult {
  const config = roundBasedConfig(of, SAME_QUORUM);
  if ('state' in config) return config;
  const notes = openNotes();
  const size = quorum(config.nodes.length, config.f);
  let clean = 0;
  const senders = sendersByRound(of);
  for (const [round, updates] of updatesByRound(of)) {
    const isClean = (senders.get(round - 1)?.size ?? 0) <= size;
    if (isClean) clean += 1;
    const seen = new Map<string, Update>();
    for (const update of updates) {
      const key = isClean ? '' : update.used.toSorted((one, other) => one - other).join();
      const first = seen.get(key);
      if (first === undefined) seen.set(key, update);
      else {
        notes.checked += 1;
        if (Object.is(first.value, update.value)) continue;
        const whose = isClean ? 'only n − f nodes sent a value' : 'they used the same senders';
        const sentence = `nodes ${first.node} and ${update.node} went to ${first.value} and ${update.value} in round ${round}, although ${whose}`;
        breach(notes, sentence, { node: update.node, round });
      }
    }
  }
  if (notes.checked === 0) return notApplicable(SAME_QUORUM, 'no two nodes used the same senders');
  leaveOutUnreadable(notes, of);
  const said = `${counted(notes.checked, 'pair')} with the same senders, and the same value; ${counted(clean, 'round')} after f clean crashes`;
  return conclude(SAME_QUORUM, notes, said, { cleanRounds: clean });
}

/** The config of a run in which rounds are what the oracles take them for; else what to say instead. */
function roundBasedConfig({ record, algorithm }: Case, oracle: Oracle): RunConfig | OracleResult {
  if (record.config === null) return unverifiable(oracle, 'the config is not known');
  if (algorithm === null) return unverifiable(oracle, 'the algorithm is not known here');
  if (algorithm.rule !== undefined) return record.config;
  return notApplicable(oracle, 'a whole participant has no rule that can be called by itself');
}

function updatesByRound({ walks }: Case): Map<Round, Update[]> {
  const rounds = new Map<Round, Update[]>();
  for (const { updates } of walks.values()) {
    for (const update of updates) {
      const here = rounds.get(update.round) ?? [];
      rounds.set(update.round, here);
      here.push(update);
    }
  }
  return rounds;
}

/** Nodes whose value of a round left them; who reached nobody sent nothing. */
function sendersByRound({ observation, readable }: Case): Map<Round, Set<NodeId>> {
  const senders = new Map<Round, Set<NodeId>>();
  const note = (round: Round, node: NodeId): void => {
    const here = senders.get(round) ?? new Set();
    senders.set(round, here.add(node));
  };
  for (const [node, rounds] of observation.arrivals) {
    for (const round of rounds.keys()) note(round, node);
  }
  for (const [node, { events }] of readable) {
    events.forEach((event) => {
      const isSent = event.kind === 'multicast' && event.to.length > 0;
      if (isSent) note(event.round, node);
    });
  }
  return senders;
}

interface SenderSet {
  readonly node: NodeId;
  /** Bit `id % 32` of element `⌊id / 32⌋`. */
  readonly bits: Uint32Array;
}

function distinctSets(updates: readonly Update[], n: number): SenderSet[] {
  const sets = new Map<string, SenderSet>();
  for (const { node, used } of updates) {
    const bits = new Uint32Array((n >> 5) + 1);
    for (const id of used) bits[id >> 5] = (bits[id >> 5] ?? 0) | (1 << (id & 31));
    const key = bits.join();
    if (!sets.has(key)) sets.set(key, { node, bits });
  }
  return [...sets.values()];
}

function sharedBits(one: Uint32Array, other: Uint32Array): number {
  let count = 0;
  one.forEach((word, index) => {
    for (let rest = word & (other[index] ?? 0); rest !== 0; rest &= rest - 1) count += 1;
  });
  return count;
}
