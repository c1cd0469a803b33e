/**
 * O7 and O8: what a node says is the same to everybody, and what arrives is what was sent.
 *
 * Every channel from node to node and from node to master: each message once, nothing invented, and
 * nothing missing before something that was sent later. What was still on its way when the run ended
 * may be missing at the end; in virtual time nothing is on its way.
 */
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import type { NodeEvent } from '../../record/events.ts';
import type { NodeFile } from '../../record/read-run.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { isClosed, isReliable } from '../case.ts';
import { counted } from '../in-words.ts';
import { breach, conclude, openNotes } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { canReadMaster, leaveOutUnreadable } from '../unreadable.ts';

const ONE_VALUE = { id: 'O7', name: 'one value' } as const;

/** One value per sender and round in every file, the sender's, its receivers' and the master's. */
export function oneValue(of: Case): OracleResult {
  const { notes, byNode } = of.observation.known;
  const values = [...byNode.values()].reduce((count, rounds) => count + rounds.size, 0);
  const said = `${counted(values, 'value')} of ${counted(byNode.size, 'node')} in ${counted(notes.checked, 'line')}; no two lines differ`;
  return conclude(ONE_VALUE, notes, said, { values });
}

const CHANNELS = { id: 'O8', name: 'channels' } as const;

type Multicast = Extract<NodeEvent, { kind: 'multicast' }>;

interface Arrivals {
  /** As they were handed over, then what still waited. */
  readonly rounds: Round[];
  readonly isPending: boolean[];
}

interface Channel {
  readonly from: NodeId;
  readonly to: NodeId;
  /** Rounds in the order of sending; null: the sender's file does not tell. */
  readonly sent: readonly Round[] | null;
  readonly arrived: Arrivals;
  /** The receiver has recorded all that had arrived, also what still waited. */
  readonly isClosed: boolean;
}

export function channels(of: Case): OracleResult {
  const notes = openNotes();
  const sums = { sent: 0, arrived: 0 };
  const isFifo = of.record.config?.faults.order === 'fifo';
  if (canReadMaster(notes, of)) checkReports(notes, of);
  for (const channel of channelsOf(of)) {
    const { from, to } = channel;
    notes.checked += 1;
    sums.sent += channel.sent?.length ?? 0;
    sums.arrived += channel.arrived.rounds.length;
    const problem = channelProblem(channel, isFifo, of.isVirtual);
    if (problem !== null) breach(notes, problem, { from, node: to });
  }
  leaveOutUnreadable(notes, of);
  const said =
    `${counted(notes.checked, 'channel')}: ${sums.sent} sent, ${sums.arrived} arrived, ` +
    'none lost, doubled, invented or out of order';
  return conclude(CHANNELS, notes, said, sums);
}

/** A node reports round 0, 1, 2, … and the master reads them in that order; it invents none. */
function checkReports(notes: Notes, { record: { master, nodes }, walks }: Case): void {
  const due = new Map([...nodes.keys()].map((node) => [node, 0]));
  master.events.forEach((event, index) => {
    if (event.kind !== 'report') return;
    const { from, round } = event;
    const next = due.get(from);
    // After a node's first report that is wrong the others are wrong as well.
    if (next === undefined) return;
    due.set(from, next + 1);
    const last = walks.get(from)?.round ?? Infinity;
    const problem =
      round !== next ? `instead of ${next}` : round > last ? 'which it never made' : null;
    if (problem === null) return;
    due.delete(from);
    const at = placeOf(master, index);
    const sentence = `the master has node ${from}'s report of round ${round}, ${problem} (${at})`;
    breach(notes, sentence, { from, round, at });
  });
}

function* channelsOf(of: Case): Generator<Channel> {
  const { record } = of;
  const sends = new Map<NodeId, Sends | null>();
  for (const [id, file] of record.nodes) {
    sends.set(id, isReliable(record, file) ? sendsOf(file) : null);
  }
  for (const [to, file] of record.nodes) {
    const arrivals = arrivalsBySender(file.events);
    const isEnded = isClosed(of, file);
    for (const [from, all] of sends) {
      if (from === to) continue;
      const sent = all === null ? null : sentTo(to, all);
      const arrived = arrivals.get(from) ?? { rounds: [], isPending: [] };
      yield { from, to, sent, arrived, isClosed: isEnded };
    }
  }
}

/** Of one sender. */
interface Sends {
  readonly multicasts: readonly Multicast[];
  readonly rounds: readonly Round[];
  /** No crash has cut one. */
  readonly areWhole: boolean;
}

function sendsOf({ events }: NodeFile): Sends {
  const multicasts = events.filter((event) => event.kind === 'multicast');
  const rounds = multicasts.map(({ round }) => round);
  return { multicasts, rounds, areWhole: multicasts.every(({ to }) => to === 'all') };
}

const sentTo = (receiver: NodeId, { multicasts, rounds, areWhole }: Sends): readonly Round[] =>
  areWhole
    ? rounds
    : multicasts.flatMap(({ to, round }) => (to === 'all' || to.includes(receiver) ? [round] : []));

function arrivalsBySender(events: readonly NodeEvent[]): Map<NodeId, Arrivals> {
  const arrivals = new Map<NodeId, Arrivals>();
  events.forEach((event) => {
    if (event.kind !== 'receive' && event.kind !== 'pending') return;
    const here = arrivals.get(event.from) ?? { rounds: [], isPending: [] };
    here.rounds.push(event.round);
    here.isPending.push(event.kind === 'pending');
    arrivals.set(event.from, here);
  });
  return arrivals;
}

function channelProblem(channel: Channel, isFifo: boolean, isVirtual: boolean): string | null {
  const { from, to, sent, arrived, isClosed: isEnded } = channel;
  const isUsual = sent !== null && isPrefix(arrived.rounds, sent);
  if (isUsual && (!isVirtual || arrived.rounds.length === sent.length)) return null;
  const link = `on the link from node ${from} to node ${to}`;
  const unique = new Set(arrived.rounds);
  if (unique.size < arrived.rounds.length) return `a message arrived twice ${link}`;
  if (sent === null) return null;
  const places = new Map(sent.map((round, index) => [round, index]));
  const invented = arrived.rounds.find((round) => !places.has(round));
  if (invented !== undefined) return `a message of round ${invented} arrived unsent ${link}`;
  if (isFifo) {
    const late = overtaken(arrived, places);
    if (late !== null) return `a later message overtook that of round ${late} ${link}`;
  }
  if (!isEnded) return null;
  const due = isVirtual ? sent.length : sent.findLastIndex((round) => unique.has(round)) + 1;
  const lost = sent.slice(0, due).find((round) => !unique.has(round));
  return lost === undefined ? null : `the message of round ${lost} was lost ${link}`;
}

/** What arrived is what was sent first, round by round: none came twice, none is missing in between. */
const isPrefix = (arrived: readonly Round[], sent: readonly Round[]): boolean =>
  arrived.every((round, index) => round === sent[index] && round > (sent[index - 1] ?? -1));

/** Lines of what still waits stand in the order in which it would have been due: no order at all. */
function overtaken(
  { rounds, isPending }: Arrivals,
  places: ReadonlyMap<Round, number>,
): Round | null {
  let latest = -1;
  const late = rounds.find((round, index) => {
    const place = places.get(round) ?? latest;
    const isOvertaken = place < latest;
    if (isPending[index] !== true) latest = place;
    return isOvertaken;
  });
  return late ?? null;
}
