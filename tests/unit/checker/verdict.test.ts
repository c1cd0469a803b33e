import { appendFileSync, mkdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { NodeEvent } from '../../../record/events.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';
import {
  crashing,
  editMaster,
  editNode,
  editOutput,
  editValue,
  judged,
  withFaults,
} from './judged.ts';

const small = () => playRun(smallConfig());
const cut = (file: string) => (directory: string) => {
  const path = join(directory, file);
  truncateSync(path, readFileSync(path).length - 5);
};

/** Ended for want of progress, in round 0 of node 4 and without a decision. */
function stuck(run: RecordedRun): RecordedRun {
  editMaster(run, 'finish', (event) => ({ ...event, outcome: 'no-progress' }));
  editMaster(run, 'decide', () => null);
  editMaster(run, 'report', (event) => (event.from === 4 && event.round > 0 ? null : event));
  for (const id of run.nodes.keys()) {
    editOutput(run, id, null);
    editNode(run, id, (event) => (event.kind === 'stop' ? null : event));
  }
  return run;
}

describe('pass', () => {
  test('a run without faults, with all four properties proved', () => {
    const result = judged(small());
    expect(result).toMatchObject({ verdict: 'pass', exitCode: 0, reasons: [], damage: [] });
    const { validity, agreement, termination, faultBound } = result.properties;
    expect(validity).toMatchObject({ state: 'proved', low: 0.1, high: 0.9, witness: null });
    expect(validity.margin).toBe(0);
    expect(agreement.state).toBe('proved');
    expect(agreement.spread).toBeLessThanOrEqual(0.001);
    expect(agreement.ratio).toBe(agreement.spread! / 0.001);
    expect(termination).toMatchObject({ state: 'proved', done: 5, of: 5, missing: [] });
    expect(faultBound).toMatchObject({ state: 'proved', count: 0, injected: 0, f: 2, faulty: [] });
  });

  test('f planned crashes: the dead are not asked for an output', () => {
    const config = crashing(
      { node: 3, round: 2, extent: { after: 2 } },
      { node: 5, round: 0, extent: { reaching: [2] } },
    );
    const result = judged(playRun(config));
    expect(result.verdict).toBe('pass');
    expect(result.properties.termination).toMatchObject({ done: 3, of: 3 });
    expect(result.properties.faultBound).toMatchObject({ count: 2, injected: 2, faulty: [3, 5] });
  });

  test('a node killed by hand, within f', () => {
    const result = judged(playRun(smallConfig(), { kills: [{ node: 2, atUs: 6_000 }] }));
    expect(result.verdict).toBe('pass');
    expect(result.properties.faultBound).toMatchObject({ count: 1, injected: 0 });
  });

  test('stop rounds: every node outputs its value of that round unasked', () => {
    const result = judged(playRun(smallConfig({ stop: 'rounds' })));
    expect(result.verdict).toBe('pass');
    expect(result.rounds.deciding).toBe(smallConfig().rounds);
  });

  test('equal inputs: decided in round 0, with a spread of 0', () => {
    const nodes = smallConfig().nodes.map((node) => ({ ...node, input: 5 }));
    const result = judged(playRun(smallConfig({ nodes })));
    expect(result).toMatchObject({ verdict: 'pass', rounds: { deciding: 0 } });
    expect(result.properties.agreement.spread).toBe(0);
  });

  test('a dead node’s file may be cut or gone: others saw what it sent', () => {
    const config = crashing({ node: 3, round: 2, extent: { after: 2 } });
    expect(judged(playRun(config), cut('node-3.ndjson')).verdict).toBe('pass');
    const gone = judged(playRun(config), (directory) => rmSync(join(directory, 'node-3.ndjson')));
    expect(gone.verdict).toBe('pass');
    expect(gone.ledger[0]).toMatchObject({ node: 3, status: 'fired', observed: [4, 5] });
    expect(gone.statistics.rounds[2]?.known).toBe(5);
  });

  test('Ctrl-C after the finish record changes nothing', () => {
    const run = small();
    run.launcher = [{ kind: 'interrupted', t: 1e9, signal: 'SIGINT' }];
    expect(judged(run).verdict).toBe('pass');
  });
});

describe('violated', () => {
  test('an output outside the range of the inputs, although the node had reported another value', () => {
    const result = judged(editOutput(small(), 4, 0.95));
    expect(result).toMatchObject({ verdict: 'violated', exitCode: 1 });
    expect(result.properties.validity).toMatchObject({
      state: 'violated',
      witness: { node: 4, value: 0.95, at: 'its output' },
    });
    expect(result.properties.validity.margin).toBeCloseTo(-0.05);
    expect(result.reason).toContain('node 4 held 0.95 (its output), outside');
  });

  test('a value outside the range of the inputs, in any round, with the place in the record', () => {
    const result = judged(editValue(small(), 4, 1, -0.2));
    expect(result).toMatchObject({ verdict: 'violated', exitCode: 1 });
    const { witness } = result.properties.validity;
    expect(witness).toMatchObject({ node: 4, value: -0.2 });
    expect(witness?.at).toMatch(/^node-\d\.ndjson:\d+$/);
  });

  test('validity needs no bound on crashes: also with more than f deaths', () => {
    const kills = [1, 2, 5].map((node, i) => ({ node, atUs: 6_000 + i }));
    const run = playRun(smallConfig(), { kills });
    expect(judged(run).verdict).toBe('inconclusive');
    expect(judged(editValue(run, 4, 1, -3)).verdict).toBe('violated');
  });

  test('outputs further apart than ε, although at most f nodes failed', () => {
    const config = crashing({ node: 3, round: 2, extent: { after: 2 } });
    const round = judged(playRun(config)).rounds.deciding!;
    const result = judged(editValue(playRun(config), 4, round, 0.6));
    expect(result).toMatchObject({ verdict: 'violated', exitCode: 1 });
    expect(result.properties.agreement.state).toBe('violated');
    expect(result.properties.agreement.witness?.high).toEqual({ node: 4, value: 0.6 });
    expect(result.properties.agreement.ratio).toBeGreaterThan(1);
    expect(result.reason).toContain('nodes');
  });

  test('a live correct node without output, although the run is called complete', () => {
    const run = editOutput(small(), 4, null);
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'violated', exitCode: 1 });
    expect(result.properties.termination).toMatchObject({
      state: 'violated',
      done: 4,
      of: 5,
      missing: [4],
    });
    expect(result.reason).toContain('without node 4');
  });

  test('a master that had the deciding reports and did not decide', () => {
    const run = small();
    for (const id of run.nodes.keys()) {
      editOutput(run, id, null);
      editNode(run, id, (event) => (event.kind === 'stop' ? null : event));
    }
    editMaster(run, 'decide', () => null);
    editMaster(run, 'finish', (event) => ({ ...event, outcome: 'time-limit', reason: 'too slow' }));
    const result = judged(run);
    expect(result.verdict).toBe('violated');
    expect(result.properties.termination.witness).toContain('did not decide');
  });

  test('a correct node that had its quorum and did not go on', () => {
    const run = stuck(small());
    // Node 4 goes on receiving, but never enters round 1.
    editNode(run, 4, (event) =>
      (event.kind === 'report' || event.kind === 'multicast') && event.round > 0 ? null : event,
    );
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'violated', exitCode: 1 });
    expect(result.properties.termination.state).toBe('violated');
    expect(result.reason).toMatch(/node 4 had all that it needed for its report of .* in round 1/);
  });

  test('but a node that waits for messages which do not come does nothing wrong', () => {
    const result = judged(stuck(small()));
    expect(result.verdict).toBe('inconclusive');
    expect(result.properties.termination.state).toBe('unverifiable');
  });

  test('more than f crashes by the injector itself', () => {
    const run = playRun(crashing({ node: 3, round: 0, extent: { after: 0 } }));
    for (const id of [1, 2]) {
      const t = run.nodes.get(id)!.at(-1)!.t;
      run.nodes.get(id)!.push({ kind: 'crash', t, round: 3, mode: 'silent' });
    }
    const result = judged(run);
    expect(result.verdict).toBe('violated');
    expect(result.properties.faultBound).toMatchObject({ state: 'violated', injected: 3 });
  });

  test('is not excused by an interruption or a damaged file', () => {
    const run = small();
    const round = judged(small()).rounds.deciding!;
    editValue(run, 4, round, 7);
    editMaster(run, 'finish', (event) => ({ ...event, outcome: 'interrupted', reason: 'Ctrl-C' }));
    expect(judged(run, cut('node-2.ndjson'))).toMatchObject({ verdict: 'violated', exitCode: 1 });
  });
});

describe('inconclusive', () => {
  test('more than f deaths: ε-agreement is not promised any more', () => {
    const kills = [1, 2, 5].map((node, i) => ({ node, atUs: 6_000 + i }));
    const result = judged(playRun(smallConfig(), { kills }));
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(result.reason).toContain('too-many-deaths');
    expect(result.properties.faultBound).toMatchObject({ state: 'unverifiable', count: 3 });
    expect(result.properties.termination.state).toBe('unverifiable');
  });

  test('without any output nothing is said of their distance', () => {
    const run = [1, 2, 3, 4, 5].reduce((edited, id) => editOutput(edited, id, null), small());
    const { agreement } = judged(run).properties;
    expect(agreement).toMatchObject({ state: 'unverifiable', spread: null, ratio: null });
    expect(agreement.sentence).toBe('no output of a correct node is known');
  });

  test('outputs far apart with more than f deaths are not a violation', () => {
    const run = small();
    const { t } = run.master.at(-1)!;
    const decided = judged(small()).rounds.deciding!;
    editValue(run, 4, decided, 0.6);
    run.master.splice(
      -2,
      0,
      ...[1, 2, 3].map((node) => ({ kind: 'death' as const, t, node, cause: 'x' })),
    );
    const result = judged(run);
    expect(result.verdict).toBe('inconclusive');
    expect(result.properties.agreement.state).toBe('unverifiable');
    expect(result.properties.agreement.sentence).toContain('3 nodes failed, at most f = 2 may');
  });

  test.each([
    'broken-link',
    'no-progress',
    'time-limit',
    'round-limit',
    'death-before-start',
  ] as const)('the outcome %s, with its reason', (outcome) => {
    const run = editMaster(small(), 'finish', (event) => ({
      ...event,
      outcome,
      reason: 'so it was',
    }));
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(result.reason).toBe(`so it was (${outcome})`);
  });

  test('a failure of the master ends with the code of a failed tool', () => {
    const run = editMaster(small(), 'finish', (event) => ({ ...event, outcome: 'failure' }));
    expect(judged(run)).toMatchObject({ verdict: 'inconclusive', exitCode: 255 });
  });

  test('a master without finish record, or without a file', () => {
    const killed = judged(editMaster(small(), 'finish', () => null));
    expect(killed).toMatchObject({ verdict: 'inconclusive', exitCode: 255 });
    expect(killed.reason).toBe('the master left no finish record');
    const gone = judged(small(), (directory) => rmSync(join(directory, 'master.ndjson')));
    expect(gone).toMatchObject({ verdict: 'inconclusive', exitCode: 255 });
    expect(gone.properties.faultBound.state).toBe('unverifiable');
  });

  test('without the master’s whole word, outputs far apart may be those of a dead node', () => {
    const run = editValue(small(), 4, judged(small()).rounds.deciding!, 0.6);
    const result = judged(run, (directory) => rmSync(join(directory, 'master.ndjson')));
    expect(result.verdict).toBe('inconclusive');
    expect(result.properties.agreement.state).toBe('unverifiable');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['the end of npm', 143],
  ])('interrupted by %s, with the shell’s code', (signal, exitCode) => {
    const run = editMaster(small(), 'finish', (event) => ({ ...event, outcome: 'interrupted' }));
    run.launcher = [{ kind: 'interrupted', t: 5, signal }];
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode });
    expect(result.reason).toContain(signal);
  });

  test('interrupted by hand, without a launcher: Ctrl-C', () => {
    const run = editMaster(small(), 'finish', (event) => ({ ...event, outcome: 'interrupted' }));
    expect(judged(run).exitCode).toBe(130);
    const reason = 'interrupted by SIGTERM';
    editMaster(run, 'finish', (event) => ({ ...event, reason }));
    expect(judged(run).exitCode).toBe(143);
  });

  test('interrupted before the master could finish', () => {
    const run = editMaster(small(), 'finish', () => null);
    run.launcher = [{ kind: 'interrupted', t: 5, signal: 'SIGINT' }];
    expect(judged(run)).toMatchObject({ verdict: 'inconclusive', exitCode: 130 });
  });

  test('unsound is never a pass, even when all went well', () => {
    const result = judged(playRun(smallConfig({ unsound: true })));
    expect(result.verdict).toBe('inconclusive');
    expect(result.reason).toContain('unsound');
  });

  test('n too small for f is noticed even when the config does not admit it', () => {
    const { nodes } = smallConfig();
    const run = playRun(withFaults({ candidates: [1, 2] }, { nodes: nodes.slice(0, 4), f: 2 }));
    const result = judged(run);
    expect(result.verdict).toBe('inconclusive');
    expect(result.reasons.join()).toContain('n = 4 is too small for f = 2');
  });

  test('a scripted crash that was not reached', () => {
    const config = crashing({ node: 3, round: 15, extent: { after: 1 } });
    const result = judged(playRun(config));
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(result.reason).toContain(
      'a scripted fault did not happen: node 3 was to die in round 15',
    );
  });

  test('a link that broke while both ends lived, although the run went on to its end', () => {
    const run = small();
    run.master.splice(-2, 0, { kind: 'link', t: 9_000, reporter: 2, from: 1, to: 2 });
    const result = judged(run);
    expect(result.verdict).toBe('inconclusive');
    expect(result.reason).toBe('the link from node 1 to node 2 broke while both lived');
  });

  test('a link that ended because its sender died is no news', () => {
    const run = playRun(crashing({ node: 3, round: 2, extent: { after: 2 } }));
    const { t } = run.master.at(-2)!;
    run.master.splice(-2, 0, { kind: 'link', t, reporter: 2, from: 3, to: 2 });
    expect(judged(run).verdict).toBe('pass');
  });

  test('a correct node that left by itself, even after its output', () => {
    const reason = 'InvariantError: a bug';
    const run = editNode(small(), 4, (event) =>
      event.kind === 'finish' ? { kind: 'abandoned', t: event.t, reason } : event,
    );
    expect(judged(run).reason).toBe(`node 4 left the run: ${reason}`);
    const late = small();
    late.nodes.get(4)!.push({ kind: 'abandoned', t: 1e9, reason: 'the launcher is gone' });
    expect(judged(late).verdict).toBe('pass');
  });

  test.each(['resolved.json', 'plan.json', 'node-4.ndjson'])('%s is missing', (file) => {
    const result = judged(small(), (directory) => rmSync(join(directory, file)));
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(result.reasons.join('\n')).toContain(file);
  });

  test('a live node’s file is cut', () => {
    const result = judged(small(), cut('node-4.ndjson'));
    expect(result.verdict).toBe('inconclusive');
    expect(result.reason).toContain('node-4.ndjson');
  });

  test.each(['node-4.ndjson', 'master.ndjson'])('a line of %s is garbage', (file) => {
    const result = judged(small(), (directory) =>
      appendFileSync(join(directory, file), '{"kind":\n'),
    );
    expect(result.verdict).toBe('inconclusive');
    expect(result.reason).toMatch(new RegExp(`^${file}:\\d+: not a JSON object`));
  });

  test('a dead node’s garbage is not excused: dying does not write it', () => {
    const run = playRun(crashing({ node: 3, round: 2, extent: { after: 2 } }));
    const result = judged(run, (directory) =>
      appendFileSync(join(directory, 'node-3.ndjson'), 'x\n'),
    );
    expect(result.verdict).toBe('inconclusive');
  });

  test('every process died, nobody is left to be right', () => {
    const kills = [1, 2, 3, 4, 5].map((node) => ({ node, atUs: 3_000 }));
    const result = judged(playRun(smallConfig(), { kills }));
    expect(result.verdict).toBe('inconclusive');
    expect(result.properties.termination.state).toBe('unverifiable');
  });

  test('an empty run directory', () => {
    const result = judged(small(), (directory) => {
      rmSync(directory, { recursive: true });
      mkdirSync(directory);
    });
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 255 });
  });
});

describe('a record that contradicts itself is never a pass', () => {
  const contradiction = (run: ReturnType<typeof small>): string => {
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    return result.reasons.join('\n');
  };

  test('the master got another output than the node wrote', () => {
    const run = editMaster(small(), 'output', (event) =>
      event.from === 2 ? { ...event, value: event.value + 1e-6 } : event,
    );
    expect(contradiction(run)).toContain('node 2 has two outputs');
  });

  test('an output is not the value that the node had reported', () => {
    const run = small();
    const output = run.nodes.get(2)!.find((event) => event.kind === 'output')!;
    expect(contradiction(editOutput(run, 2, output.value + 1e-6))).toContain(
      "node 2's value of round",
    );
  });

  test('an output of another round than the master decided', () => {
    const run = small();
    const decided = run.master.find((event) => event.kind === 'decide')!;
    editMaster(run, 'decide', (event) => ({ ...event, round: event.round - 1 }));
    expect(contradiction(run)).toContain(`had settled ${decided.round}`);
  });

  test('the master decided although nothing was settled', () => {
    const run = small();
    const index = run.master.findIndex((event) => event.kind === 'report');
    const decide = run.master.find((event) => event.kind === 'decide')!;
    run.master = run.master.filter((event) => event !== decide);
    run.master.splice(index, 0, decide);
    expect(contradiction(run)).toContain('before its reports had settled any');
  });

  test('a node’s own file lacks the output that the master got', () => {
    const run = editNode(small(), 2, (event) => (event.kind === 'output' ? null : event));
    expect(contradiction(run)).toContain("node 2's own file lacks its output");
  });

  test('a node updated to another value than its rule gives', () => {
    const run = editValue(small(), 2, 2, 0.5);
    expect(contradiction(run)).toMatch(/node-2\.ndjson:\d+ records report, but the participant/);
  });

  test('a node started with another input than the config’s', () => {
    const run = editNode(small(), 2, (event) =>
      event.kind === 'start' ? { ...event, input: 0.5 } : event,
    );
    expect(contradiction(run)).toContain("node 2's value of round 0 is 0.85 in resolved.json");
  });

  test('the plan does not follow from the config', () => {
    const run = playRun(crashing({ node: 3, round: 2, extent: { after: 2 } }));
    run.plan = { ...run.plan, crashes: [] };
    expect(contradiction(run)).toContain('plan.json is not the plan');
  });

  test('a message arrived that nobody sent, or twice, or not at all', () => {
    const invented = small();
    invented.nodes.get(2)!.splice(-2, 0, {
      kind: 'pending',
      t: 1,
      from: 1,
      round: 19,
      value: 0.5,
      arrived: 1,
      delay: 1,
    });
    expect(contradiction(invented)).toContain('arrived unsent on the link from node 1 to node 2');
    const doubled = small();
    const last = doubled.nodes.get(2)!.findLast((event) => event.kind === 'receive')!;
    doubled.nodes.get(2)!.splice(-2, 0, { ...last, kind: 'pending' } as NodeEvent);
    expect(contradiction(doubled)).toContain('arrived twice on the link');
  });

  test('a fault that the config did not draw', () => {
    const run = playRun(withFaults({}));
    const events = run.nodes.get(5)!;
    const index = events.findIndex((event) => event.kind === 'multicast');
    run.nodes.set(5, [
      ...events.slice(0, index + 1),
      { kind: 'crash', t: 1, round: 0, mode: 'silent' },
    ]);
    expect(contradiction(run)).toContain('node 5 crashed on purpose');
  });
});
