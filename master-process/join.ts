/** Who may join: registration at the master, and how a node is turned away. */
import type { NodeId } from '../agreement/algorithm.ts';
import { MASTER } from '../agreement/algorithm.ts';
import type { Address } from '../configs/run-config.ts';
import { WIRE_VERSION } from '../proto/records.ts';
import type { RefuseCode, RegisterRecord, WireRecord } from '../proto/records.ts';
import { deadlineIn } from '../runtime/deadline.ts';
import type { Member as InboundMember } from '../runtime/inbound.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { dial } from '../runtime/outbound.ts';
import type { Outbound } from '../runtime/outbound.ts';
import { declareDead } from './deaths.ts';
import { onNodeRecord } from './node-records.ts';
import { flushedWithin, record, sendTo } from './session.ts';
import type { MasterSession } from './session.ts';
import { inState } from './members.ts';
import type { Member } from './members.ts';

const DIAL_BACK_MS = 5_000;

/** How long a word may take to be read by whoever is sent away, in milliseconds. */
const LAST_WORD_MS = 2_000;

/** Whoever registers names the address that is dialled: more at once would serve a stranger only. */
const ANSWERS_MAX = 64;

/** The first record of a connection to the master. */
export function identify(
  session: MasterSession,
  first: WireRecord,
  close: () => void,
  onChange: () => void,
): InboundMember | string {
  if (first.kind !== 'register') return `the master expects register first, not ${first.kind}`;
  const objection = findObjection(session, first);
  if (objection !== null) return turnAway(session, first, objection, close);
  const member = session.members.get(first.id);
  if (member === undefined) return `no node ${first.id}`;
  return admit(session, member, first, onChange);
}

function admit(
  session: MasterSession,
  member: Member,
  { host, port }: RegisterRecord,
  onChange: () => void,
): InboundMember {
  member.address = { host, port };
  member.state = 'joined';
  record(session, { kind: 'registered', t: session.nowUs(), node: member.id, host, port });
  onChange();
  if (inState(session.members, 'awaited').length === 0) session.registered.resolve(true);
  return {
    id: member.id,
    onRecord: (received, bytes) => onNodeRecord(session, member, received, bytes),
    onEnd(how) {
      if (session.stage === 'joining') forget(member, onChange);
      else declareDead(session, member, `its connection ended (${how})`);
    },
  };
}

/** Before anybody has been welcomed a node may leave and come again, e.g. Ctrl-C in its terminal. */
function forget(member: Member, onChange: () => void): void {
  member.address = null;
  member.reached = null;
  member.state = 'awaited';
  onChange();
}

interface Objection {
  readonly code: RefuseCode;
  readonly reason: string;
}

function findObjection(session: MasterSession, register: RegisterRecord): Objection | null {
  const { id, version, digest } = register;
  const n = session.members.size;
  if (version !== WIRE_VERSION) {
    return {
      code: 'version',
      reason: `it speaks version ${version} of the wire; this master speaks ${WIRE_VERSION}. Use the same release on both sides`,
    };
  }
  const member = session.members.get(id);
  if (member === undefined) {
    return { code: 'unknown-id', reason: `there is no node ${id} in this run; ids are 1 to ${n}` };
  }
  if (digest !== '' && digest !== session.digest) {
    return {
      code: 'digest',
      reason: `node ${id} was started with another config, or another version of its algorithm, than the master (digest ${digest.slice(0, 12)}, expected ${session.digest.slice(0, 12)}). Start both with the same files and the same flags`,
    };
  }
  if (session.stage === 'finished' && session.watch === null) {
    return { code: 'stopped', reason: 'the run has ended before it began' };
  }
  if (session.stage !== 'joining') {
    return { code: 'run-full', reason: `the run has already begun; node ${id} came too late` };
  }
  return member.state === 'awaited'
    ? null
    : {
        code: 'duplicate-id',
        reason: `node ${id} has already registered, from another process. Each id may run once`,
      };
}

/**
 * The register connection is never written, so the answer goes to the address it named. The
 * connection stays until the answer has gone, or the node would take its end for that of the master.
 */
function turnAway(
  session: MasterSession,
  { id, host, port }: RegisterRecord,
  { code, reason }: Objection,
  close: () => void,
): InboundMember | string {
  if (session.answers >= ANSWERS_MAX) return reason;
  session.refusals.note(null, reason);
  session.answers += 1;
  const answer = async (): Promise<void> => {
    const back = await dialNode(session, id, { host, port }, () => undefined);
    if (back === null) return;
    back.send({ kind: 'refuse', code, reason });
    await flushedWithin(LAST_WORD_MS, back);
    back.end();
    // Whoever does not close its end would keep a descriptor here.
    setTimeout(() => {
      back.destroy();
    }, LAST_WORD_MS).unref();
  };
  void answer().finally(() => {
    session.answers -= 1;
    close();
  });
  return { id, onRecord: () => reason, onEnd: () => undefined };
}

/** Dials a node and says hello. Null: it does not answer, or somebody else does. */
export async function dialNode(
  session: MasterSession,
  id: NodeId,
  address: Address,
  onEnd: (how: string) => void,
): Promise<Outbound | null> {
  const party = { to: id, transport: session.transport };
  const deadline = deadlineIn(DIAL_BACK_MS);
  const link = await dial(address, deadline, onEnd, session.outbox, party).catch(
    (error: unknown) => {
      if (!(error instanceof OperatingError)) throw error;
      session.refusals.note(id, error.message);
      return null;
    },
  );
  link?.send({ kind: 'hello', version: WIRE_VERSION, from: MASTER, to: id, run: session.run });
  return link;
}

/** Once, whoever asks: a node that is dialled twice takes the second for a stranger. */
export function reach(
  session: MasterSession,
  member: Member,
  address: Address,
): Promise<Outbound | null> {
  member.reached ??= dialNode(session, member.id, address, () => undefined).then((link) => {
    member.out = link;
    return link;
  });
  return member.reached;
}

/** The run ends before it has begun: everybody who waits is told why. */
export async function dismissAll(
  session: MasterSession,
  code: RefuseCode,
  reason: string,
): Promise<void> {
  await Promise.all(
    [...session.members.values()].map(async (member) => {
      if (member.address === null || member.state === 'dead') return;
      await reach(session, member, member.address);
      sendTo(session, [member], { kind: 'refuse', code, reason });
      await flushedWithin(LAST_WORD_MS, member.out);
    }),
  );
}
