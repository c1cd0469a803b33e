import { expect, test } from '@jest/globals';
import { createSession, identify } from '../../../node-process/join.ts';
import type { Member } from '../../../runtime/inbound.ts';
import { PLAIN } from '../../../runtime/transport.ts';

function nodeWithMaster() {
  const session = createSession(1, PLAIN);
  const hello = { kind: 'hello', version: 1, from: 0, to: 1, run: 'run-1' } as const;
  const master = identify(session, hello, () => undefined) as Member;
  let isLost = false;
  session.lost.promise.catch(() => {
    isLost = true;
  });
  return { session, master, isLost: () => isLost };
}

const finish = { kind: 'finish', outcome: 'complete', reason: '' } as const;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a node whose crash is on its way takes no part in the end of the run', async () => {
  const { session, master, isLost } = nodeWithMaster();
  session.isDying = true;
  expect(master.onRecord(finish, 20)).toBeNull();
  master.onEnd('closed');
  await turn();
  expect({ isFinished: session.isFinished, isLost: isLost() }).toEqual({
    isFinished: false,
    isLost: false,
  });
});

test('before a welcome, whoever came as the master and went was none', async () => {
  const { session, master, isLost } = nodeWithMaster();
  master.onEnd('closed');
  await turn();
  expect({ isLost: isLost(), hasMaster: session.hasMaster }).toEqual({
    isLost: false,
    hasMaster: false,
  });
});

test('any other node does, and misses a master that is gone', async () => {
  const { session, master, isLost } = nodeWithMaster();
  // All that matters is that there is one: it has been welcomed.
  session.log = {} as NonNullable<typeof session.log>;
  master.onEnd('closed');
  await turn();
  expect(isLost()).toBe(true);
  master.onRecord(finish, 20);
  expect(session.isFinished).toBe(true);
});
