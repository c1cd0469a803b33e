import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { NodeEvent } from '../../../record/events.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';
import { crashing, editNode, judged, withFaults } from './judged.ts';

const ofThree = crashing({ node: 3, round: 2, extent: { after: 2 } });

/** The copy of node 3's message of round 2 at this node: present or not. */
function withCopy(run: RecordedRun, at: number, isThere: boolean): RecordedRun {
  const isIt = (event: NodeEvent): boolean =>
    (event.kind === 'receive' || event.kind === 'pending') && event.from === 3 && event.round === 2;
  if (!isThere) return editNode(run, at, (event) => (isIt(event) ? null : event));
  const original = [...run.nodes.values()].flat().find(isIt)!;
  run.nodes.get(at)!.splice(-2, 0, original);
  return run;
}

describe('a planned crash that fired', () => {
  test('is told with the send it did not make and who got the message', () => {
    expect(judged(playRun(ofThree)).ledger).toEqual([
      {
        fault: 'crash',
        origin: 'scripted',
        status: 'fired',
        node: 3,
        round: 2,
        planned: [4, 5],
        observed: [4, 5],
        unknown: [],
        sentence: 'node 3 died in round 2 before its send to 1; 4 and 5 got it',
      },
    ]);
  });

  test.each([
    [{ after: 0 }, 'node 3 died in round 2 before its send to 4; nobody got it'],
    [{ after: 3 }, 'node 3 died in round 2 before its send to 2; 4, 5 and 1 got it'],
    [{ after: 4 }, 'node 3 died in round 2 after its last send; all 4 peers got it'],
    [{ reaching: [1] }, 'node 3 died in round 2 among its sends; 1 got it'],
  ])('%j: %s', (extent, sentence) => {
    const result = judged(playRun(crashing({ node: 3, round: 2, extent })));
    expect(result.ledger[0]).toMatchObject({ status: 'fired', sentence });
    expect(result.verdict).toBe('pass');
  });

  test('a peer that ended before it could note the message proves nothing either way', () => {
    const run = withCopy(playRun(ofThree), 5, false);
    editNode(run, 5, (event) => (event.kind === 'link' ? null : event));
    const result = judged(run);
    expect(result.ledger[0]).toMatchObject({ status: 'fired', observed: [4], unknown: [5] });
    expect(result.ledger[0]?.sentence).toContain('4 got it, of 5 the record does not tell');
  });

  test('is known from its receivers when its own file is gone', () => {
    const result = judged(playRun(ofThree), (directory) => {
      rmSync(join(directory, 'node-3.ndjson'));
    });
    expect(result.ledger[0]).toMatchObject({ status: 'fired', observed: [4, 5] });
  });
});

describe('a planned crash that was missed', () => {
  const missed = (run: RecordedRun): string => {
    const result = judged(run);
    expect(result.verdict).toBe('inconclusive');
    expect(result.ledger[0]).toMatchObject({ node: 3, status: 'missed' });
    return result.ledger[0]!.sentence;
  };

  test('somebody got the message who was not to get it', () => {
    expect(missed(withCopy(playRun(ofThree), 1, true))).toBe(
      'node 3 was to die in round 2 reaching 4 and 5, but 1 got it too',
    );
  });

  test('somebody lacks it who has read the link to its end', () => {
    expect(missed(withCopy(playRun(ofThree), 5, false))).toBe(
      'node 3 was to die in round 2 reaching 4 and 5, but 5 got nothing',
    );
  });

  test('not so if that one was killed before the end: it may have had it waiting', () => {
    const run = withCopy(playRun(ofThree), 5, false);
    const events = run.nodes.get(5)!;
    const cut = events.slice(
      0,
      events.findIndex(({ kind }) => kind === 'finish'),
    );
    const result = judged({ ...run, nodes: new Map([...run.nodes, [5, cut]]) });
    expect(result.ledger[0]).toMatchObject({ node: 3, status: 'fired', observed: [4] });
    expect(result.ledger[0]!.sentence).toContain('of 5 the record does not tell');
  });

  test('the node lived on', () => {
    const run = playRun(smallConfig());
    const { config, plan } = playRun(ofThree);
    expect(missed({ ...run, config, plan })).toMatch(/but lived on to round \d/);
  });

  test('the node died in another round', () => {
    const run = playRun(crashing({ node: 3, round: 1, extent: { after: 2 } }));
    const { config, plan } = playRun(ofThree);
    expect(missed({ ...run, config, plan })).toBe(
      'node 3 was to die in round 2, but died in round 1',
    );
  });

  test('the node sent to others than planned', () => {
    const run = playRun(crashing({ node: 3, round: 2, extent: { after: 1 } }));
    const { config, plan } = playRun(ofThree);
    expect(missed({ ...run, config, plan })).toContain('reaching 4 and 5, but sent to 4');
  });

  test('the node was still in its round when the run ended, and sent to everybody', () => {
    const run = playRun(smallConfig());
    const round = run.nodes.get(3)!.filter(({ kind }) => kind === 'multicast').length - 1;
    const { config, plan } = playRun(crashing({ node: 3, round, extent: { after: 2 } }));
    expect(missed({ ...run, config, plan })).toContain('but sent to everybody');
  });
});

describe('a planned crash that was not reached', () => {
  test('is fine when it was drawn', () => {
    const late = withFaults({ crash: { probability: 0.004, per: 'send' } }, { seed: 3 });
    const result = judged(playRun(late));
    const statuses = result.ledger.map(({ origin, status }) => `${origin} ${status}`);
    expect(statuses).toContain('drawn not reached');
    expect(result.verdict).toBe('pass');
  });

  test('says where the run was instead', () => {
    const result = judged(playRun(crashing({ node: 3, round: 15, extent: { after: 0 } })));
    expect(result.ledger[0]).toMatchObject({ status: 'not reached', observed: [] });
    expect(result.ledger[0]?.sentence).toMatch(
      /^node 3 was to die in round 15; the run was over in its round \d$/,
    );
  });

  test('because the node was killed by hand before', () => {
    const run = playRun(crashing({ node: 3, round: 15, extent: { after: 0 } }), {
      kills: [{ node: 3, atUs: 6_000 }],
    });
    const statuses = judged(run).ledger.map(({ status }) => status);
    expect(statuses).toEqual(['not reached', 'unplanned']);
  });
});

test('crashes over the budget of f are listed as skipped, with the reason', () => {
  const result = judged(playRun(withFaults({ crash: { probability: 1, per: 'send' } })));
  const { ledger, statistics } = result;
  expect(ledger.filter(({ status }) => status === 'fired')).toHaveLength(2);
  expect(ledger.filter(({ status }) => status === 'skipped')).toHaveLength(3);
  expect(ledger.at(-1)?.sentence).toContain('f = 2 allows no more');
  expect(statistics.crashes).toMatchObject({ fired: 2, skipped: 3, missed: 0 });
  expect(result.verdict).toBe('pass');
});

test('a death that nobody planned is told with its cause and its last receivers', () => {
  const run = playRun(smallConfig(), { kills: [{ node: 2, atUs: 6_000 }] });
  const [entry] = judged(run).ledger;
  expect(entry).toMatchObject({ origin: 'none', status: 'unplanned', node: 2, planned: null });
  expect(entry?.sentence).toMatch(
    /^node 2 died in round \d, which nobody had planned \(exited with SIGKILL\); .* got its value/,
  );
});

test('the dead of a run with fifty nodes are counted, not all named', () => {
  const nodes = Array.from({ length: 50 }, (_, i) => ({
    id: i + 1,
    input: i / 50,
    host: '127.0.0.1',
    port: 0,
  }));
  const scriptedCrashes = [{ node: 9, round: 0, extent: { after: 40 } }];
  const config = withFaults({ scriptedCrashes }, { nodes, f: 10, epsilon: 0.2 });
  const result = judged(playRun(config));
  expect(result.ledger[0]?.sentence).toContain('10, 11, 12, 13, 14, 15, 16 and 33 others got it');
});

describe('a held link', () => {
  const hold = (untilMs: number | null) => ({
    from: 4,
    to: 1,
    firstRound: 0,
    lastRound: 1,
    untilMs,
  });

  test('fired when its messages waited as long as they had to', () => {
    const result = judged(playRun(withFaults({ holds: [hold(20)] })));
    expect(result.verdict).toBe('pass');
    expect(result.ledger).toMatchObject([
      { fault: 'hold', status: 'fired', node: 4, planned: [1] },
    ]);
    expect(result.ledger[0]?.sentence).toBe(
      'the link from 4 to 1, rounds 0 to 1, until 20 ms: held 2 messages',
    );
  });

  test('for ever: its messages are still pending at the end', () => {
    const result = judged(playRun(withFaults({ holds: [hold(null)] })));
    expect(result.verdict).toBe('pass');
    expect(result.ledger[0]?.sentence).toContain('for ever: held');
  });

  test('is missed when a message was handed over too early', () => {
    const free = playRun(smallConfig());
    const { config, plan } = playRun(withFaults({ holds: [hold(2_000)] }));
    const result = judged({ ...free, config, plan });
    expect(result.ledger[0]).toMatchObject({ status: 'missed' });
    expect(result.verdict).toBe('inconclusive');
  });

  test('is not reached when no such message ever came, and that is inconclusive', () => {
    const holds = [{ from: 4, to: 1, firstRound: 15, lastRound: 16, untilMs: 20 }];
    const result = judged(playRun(withFaults({ holds })));
    expect(result.ledger[0]).toMatchObject({ status: 'not reached' });
    expect(result.verdict).toBe('inconclusive');
  });
});

test('without a plan there is no ledger, and the missing plan is named', () => {
  const result = judged(playRun(ofThree), (directory) => {
    writeFileSync(join(directory, 'plan.json'), '{}');
  });
  expect(result.ledger).toEqual([]);
  expect(result.reasons.join()).toContain('plan.json: version is missing');
});
