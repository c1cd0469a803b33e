/** O9, O25, O27: who failed, where, and whether that is what was planned. */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { NodeEvent } from '../../record/events.ts';
import type { NodeFile } from '../../record/read-run.ts';
import type { OracleResult, Properties } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { isClosed } from '../case.ts';
import { inWords } from '../in-words.ts';
import { breach, conclude, notApplicable, openNotes, unverifiable } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { canReadMaster, leaveOutUnreadable } from '../unreadable.ts';
import { countsOf, judgeEntry, numbersOf } from './ledger-entries.ts';

const FAULTS = { id: 'O9', name: 'faults' } as const;

/**
 * At most f nodes fail. Nothing is sent after a crash, and a multicast that a crash has cut went
 * exactly to those that the plan says, in send order.
 */
export function faults(of: Case, { faultBound }: Properties): OracleResult {
  const { observation, readable } = of;
  const notes = openNotes();
  notes.checked = observation.ids.length;
  const { count, injected, f, sentence } = faultBound;
  if (faultBound.state === 'violated') breach(notes, sentence);
  for (const [node, file] of readable) {
    checkEnd(notes, node, file);
    checkMulticasts(notes, of, node, file);
    checkPartings(notes, of, node, file);
  }
  if (canReadMaster(notes, of)) checkDeaths(notes, of);
  leaveOutUnreadable(notes, of);
  return conclude(FAULTS, notes, `${sentence}, ${injected} of them by the plan`, {
    failed: count,
    injected,
    ...(f === null ? {} : { f }),
  });
}

/** What a crashed node may still write while it says goodbye: what it hears. */
const AFTER_CRASH: readonly NodeEvent['kind'][] = ['fail', 'refused', 'abandoned'];

function checkEnd(notes: Notes, node: NodeId, file: NodeFile): void {
  const crash = file.events.findIndex(({ kind }) => kind === 'crash');
  if (crash < 0) return;
  const later = file.events.findIndex(
    ({ kind }, index) => index > crash && !AFTER_CRASH.includes(kind),
  );
  const event = file.events[later];
  if (event === undefined) return;
  const at = placeOf(file, later);
  breach(notes, `node ${node} wrote ${event.kind} after its crash (${at})`, { node, at });
}

/** Only a planned crash cuts a multicast. */
function checkMulticasts(notes: Notes, of: Case, node: NodeId, file: NodeFile): void {
  const { plan, config } = of.record;
  const planned = plan?.crashes.find((crash) => crash.node === node);
  file.events.forEach((event, index) => {
    if (event.kind === 'crash') {
      const at = placeOf(file, index);
      const deed = file.events[index - 1];
      if (deed?.kind === 'multicast' && deed.to === 'all') {
        breach(notes, `node ${node} crashed after a multicast to all (${at})`, { node, at });
      }
      const mode = config?.faults.crashMode ?? event.mode;
      if (event.mode === mode) return;
      breach(notes, `node ${node} crashed ${event.mode}; the config says ${mode} (${at})`, {
        node,
        at,
      });
    } else if (event.kind === 'multicast' && event.to !== 'all') {
      const { round, to } = event;
      const isEnd = file.events[index + 1]?.kind === 'crash' || index === file.events.length - 1;
      const isPlanned = planned?.round === round && isSameList(planned.reached, to);
      if (isEnd && (isPlanned || plan === null)) return;
      const at = placeOf(file, index);
      const sentence = `node ${node} sent its value of round ${round} to ${inWords(to)} alone, which is not planned (${at})`;
      breach(notes, sentence, { node, round, at });
    }
  });
}

const isSameList = (one: readonly NodeId[], other: readonly NodeId[]): boolean =>
  one.length === other.length && one.every((node, index) => node === other[index]);

/** Only a crash that is announced says goodbye, and only what has ended ends a link; both once. */
function checkPartings(notes: Notes, of: Case, node: NodeId, file: NodeFile): void {
  const seen = new Set<string>();
  file.events.forEach((event, index) => {
    if (event.kind !== 'fail' && event.kind !== 'link') return;
    const peer = event.kind === 'fail' ? event.from : event.peer;
    const what =
      event.kind === 'fail'
        ? `a goodbye of node ${peer}`
        : `the end of its link ${event.direction === 'in' ? 'from' : 'to'} node ${peer}`;
    const isRight = event.kind === 'fail' ? mayAnnounce(of, peer) : mayEnd(of, node, peer);
    const problem = seen.has(what) ? 'twice' : isRight ? null : 'which did not die so';
    seen.add(what);
    if (problem === null) return;
    const at = placeOf(file, index);
    breach(notes, `node ${node} saw ${what}, ${problem} (${at})`, { node, from: peer, at });
  });
}

/** A network that parts two nodes ends the link for both, and the master calls one of them dead. */
function mayEnd(of: Case, witness: NodeId, peer: NodeId): boolean {
  const { crashes, deaths, lateDeaths } = of.observation;
  const isCutOff = deaths.has(witness) || lateDeaths.has(witness);
  return !livedOn(of, peer) || (isCutOff && !crashes.has(witness));
}

/** To the end, by its own word and the master's. */
function livedOn(of: Case, node: NodeId): boolean {
  const { observation, record } = of;
  if (observation.faulty.has(node) || observation.lateDeaths.has(node)) return false;
  const file = record.nodes.get(node);
  return file !== undefined && isClosed(of, file) && observation.finish?.outcome === 'complete';
}

/** A file that is lost or cut may have lost its last words. */
function mayAnnounce({ observation, record }: Case, node: NodeId): boolean {
  const crash = observation.crashes.get(node);
  if (crash !== undefined) return crash.mode === 'announce';
  const file = record.nodes.get(node);
  const isIntact = file?.isPresent === true && !record.damage.some((d) => d.file === file.file);
  const isPlanned = record.plan?.crashes.some((planned) => planned.node === node) === true;
  return !isIntact && isPlanned && record.config?.faults.crashMode === 'announce';
}

/** The master's declarations against what the dead and the others have written. */
function checkDeaths(notes: Notes, of: Case): void {
  const { master } = of.record;
  const dead = new Set<NodeId>();
  let isOver = false;
  master.events.forEach((event, index) => {
    if (event.kind === 'finish') isOver = true;
    if (event.kind === 'death') {
      const problem = deathProblem(of, event.node, dead, isOver);
      dead.add(event.node);
      const at = placeOf(master, index);
      if (problem !== null) breach(notes, `${problem} (${at})`, { node: event.node, at });
    } else if (event.kind === 'fail' && !mayAnnounce(of, event.from)) {
      const at = placeOf(master, index);
      const sentence = `the master heard a goodbye of node ${event.from}, which did not crash so (${at})`;
      breach(notes, sentence, { from: event.from, at });
    } else if (event.kind === 'report' || event.kind === 'output') {
      if (!dead.has(event.from)) return;
      const at = placeOf(master, index);
      const sentence = `the master took the ${event.kind} of node ${event.from} after its death (${at})`;
      breach(notes, sentence, { from: event.from, round: event.round, at });
    }
  });
  checkUndeclared(notes, of);
}

function deathProblem(
  { observation, record }: Case,
  node: NodeId,
  dead: ReadonlySet<NodeId>,
  isOver: boolean,
): string | null {
  if (!observation.ids.includes(node))
    return `the master declared the death of node ${node}, which there is not`;
  if (dead.has(node)) return `the master declared the death of node ${node} twice`;
  const events = record.nodes.get(node)?.events ?? [];
  const isAlive = !isOver && events.some(({ kind }) => kind === 'finish');
  return isAlive ? `the master declared the death of node ${node}, which lived to the end` : null;
}

/** A run is complete when every node that is not declared dead has output. */
function checkUndeclared(notes: Notes, { observation }: Case): void {
  const { finish, crashes, deaths, outputs } = observation;
  if (finish?.outcome !== 'complete') return;
  for (const node of crashes.keys()) {
    if (deaths.has(node) || outputs.has(node)) continue;
    breach(notes, `node ${node} crashed, but the master never declared its death`, { node });
  }
}

const CRASHES = { id: 'O25', name: 'planned crashes' } as const;

/** Every entry of the plan: what became of it. Crashes that nobody had planned are no breach. */
export function plannedCrashes({ record, ledger, observation }: Case): OracleResult {
  if (record.plan === null) return unverifiable(CRASHES, 'the plan is not known');
  const entries = ledger.filter(({ fault }) => fault === 'crash');
  const notes = openNotes();
  for (const entry of entries) judgeEntry(notes, entry);
  const planned = new Set(record.plan.crashes.map(({ node }) => node));
  for (const node of observation.crashes.keys()) {
    if (planned.has(node)) continue;
    breach(notes, `node ${node} crashed on purpose, but the plan does not say so`, { node });
  }
  if (entries.length === 0 && notes.broken === 0) {
    return notApplicable(CRASHES, 'none planned, none happened');
  }
  return conclude(CRASHES, notes, countsOf(entries), numbersOf(entries));
}

const HOLDS = { id: 'O27', name: 'links and receive sets' } as const;

/** Messages of a held, parted or clogged link waited, copies came; rounds with a scripted receive set ended with it. */
export function scriptedLinks({ ledger }: Case): OracleResult {
  const entries = ledger.filter(({ fault, origin }) => fault !== 'crash' && origin !== 'live');
  if (entries.length === 0) return notApplicable(HOLDS, 'none are scripted');
  const notes = openNotes();
  for (const entry of entries) judgeEntry(notes, entry);
  return conclude(HOLDS, notes, countsOf(entries), numbersOf(entries));
}
