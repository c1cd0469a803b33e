/**
 * Records into a node that takes part in a run: as its master, its peers, and strangers. It refuses
 * what it must, its participant never breaks, and nothing of it grows.
 */
import { algorithms } from '../../agreement/algorithms.ts';
import { invariant } from '../../agreement/invariant.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import { planFaults } from '../../faults/plan.ts';
import { createDriver, startDriver } from '../../node-process/driver.ts';
import type { World } from '../../node-process/driver.ts';
import { createHeard } from '../../node-process/heard.ts';
import { createSession, identify } from '../../node-process/join.ts';
import type { Session } from '../../node-process/session.ts';
import { decodeRecord } from '../../proto/codec.ts';
import { createFrameDecoder } from '../../proto/frame-decoder.ts';
import type { WireRecord } from '../../proto/records.ts';
import type { Member } from '../../runtime/inbound.ts';
import { PLAIN } from '../../runtime/transport.ts';
import { createFrameMaker } from './frames.ts';
import { SETTING } from './fuzz-decoder.ts';
import { createRandom } from './random.ts';

export interface MemberCounts {
  records: number;
  accepted: number;
  refused: number;
  /** Lives of a node: one ends when its master sends it away or finishes the run. */
  lives: number;
}

const RECORDS_PER_LIFE = 2_000;

/** Feeds about `records` records that the codec lets through. Throws on what must not be. */
export function fuzzMember(seed: number, records: number): MemberCounts {
  const counts: MemberCounts = { records: 0, accepted: 0, refused: 0, lives: 0 };
  while (counts.records < records) {
    counts.lives += 1;
    live(seed + counts.lives, counts);
  }
  return counts;
}

function live(seed: number, counts: MemberCounts): void {
  const random = createRandom(seed);
  const make = createFrameMaker(random, SETTING);
  const heard = { values: 0 };
  const session = nodeInRun(heard);
  const members = membersOf(session);
  for (let i = 0; i < RECORDS_PER_LIFE; i += 1) {
    createFrameDecoder().push(make(), (bytes, start, end) => {
      const record = decodeRecord(bytes, start, end);
      if (record.kind === 'fault') return;
      counts.records += 1;
      const [id, member] = random.pick(members);
      const reason =
        random.below(10) === 0
          ? introduce(session, record)
          : member.onRecord(id === 0 ? harmless(record) : record, end - start);
      counts[reason === null ? 'accepted' : 'refused'] += 1;
    });
  }
  const most = (SETTING.n - 1) * (SETTING.lastRound + 1);
  invariant(heard.values <= most, `${heard.values} values were taken, of ${most} there can be`);
  invariant(session.mesh.inbound.size <= SETTING.n - 1, 'more peers than there are');
}

/** As a stranger's first record. Whoever is let in by it says nothing else. */
function introduce(session: Session, record: WireRecord): string | null {
  const identity = identify(session, record, () => undefined);
  return typeof identity === 'string' ? identity : null;
}

/** The master is trusted: what it sends is fuzzed in its fields, not in what it decides. */
const harmless = (record: WireRecord): WireRecord =>
  record.kind === 'message' ? { ...record, from: 0 } : record;

function membersOf(session: Session): [[number, Member], ...[number, Member][]] {
  const join = (from: number): [number, Member] => {
    const hello = { kind: 'hello', version: 1, from, to: 1, run: SETTING.run } as const;
    const member = identify(session, hello, () => undefined);
    invariant(typeof member !== 'string', `node ${from} was not let in`);
    return [from, member];
  };
  return [join(0), join(2), join(3), join(4)];
}

/** Node 1 of four, welcomed and started, without a socket or a file. */
function nodeInRun(heard: { values: number }): Session {
  const session = createSession(1, PLAIN);
  session.mesh.run = { id: SETTING.run, n: SETTING.n };
  const { f, lastRound, seed, faults, nodes } = CONFIG;
  const algorithm = algorithms.get(CONFIG.algorithm);
  invariant(algorithm !== undefined, 'no such algorithm');
  const plan = planFaults({ n: nodes.length, f, lastRound, seed, faults });
  session.driver = createDriver(1, CONFIG, algorithm, plan, worldThatCounts(heard));
  session.heard = createHeard(lastRound);
  startDriver(session.driver);
  return session;
}

function worldThatCounts(heard: { values: number }): World {
  return {
    nowUs: () => 0,
    record({ kind }) {
      if (kind === 'receive') heard.values += 1;
    },
    report: () => undefined,
    multicast: () => undefined,
    output: () => undefined,
    die: () => undefined,
    giveUp: () => undefined,
  };
}

const CONFIG: RunConfig = {
  ...{ version: 1, name: 'fuzz', algorithm: 'mean', algorithmHash: null, epsilon: 0.001, f: 1 },
  ...{ seed: 1, seedFrom: 'config', stop: 'frozen', worstCase: null },
  ...{ rounds: SETTING.lastRound - 1, lastRound: SETTING.lastRound },
  faults: {
    crash: { probability: 0, per: 'send' },
    crashMode: 'announce',
    candidates: [],
    scriptedCrashes: [],
    holds: [],
    delay: { kind: 'constant', delayMs: 0 },
    order: 'fifo',
  },
  ...{ timeLimitMs: 60_000, patienceMs: 10_000, unsound: false },
  master: { host: '127.0.0.1', port: 0 },
  nodes: [1, 2, 3, 4].map((id) => ({ id, input: id / 4, host: '127.0.0.1', port: 0 })),
};
