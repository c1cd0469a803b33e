/** Records of nodes that see no disk of the master: over the wire, into one run directory. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { headerOf } from '../../record/process-statistics.ts';
import { processOfNode } from '../../record/process-of-node.ts';
import { runFiles } from '../../record/run-directory.ts';
import { masterEvents, nodeEvents } from '../fixtures/launched.ts';
import { endOf, endsOf, openRun } from '../fixtures/one-process-run.ts';
import type { OneProcessRun } from '../fixtures/one-process-run.ts';
import { isRunning } from '../fixtures/os-process.ts';
import { registerScripted } from '../fixtures/scripted-node.ts';
import type { ScriptedNode } from '../fixtures/scripted-node.ts';
import { until } from '../fixtures/until.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function open(lines: readonly string[], n = 3): OneProcessRun {
  const nodes = Array.from({ length: n }, (_, i) => `node ${i + 1} ${i / 4} 127.0.0.1 0`);
  const run = openRun([...lines, ...nodes]);
  cleanUps.push(run.clear);
  return run;
}

const away = { recordAway: true, digest: '' };
const complete = { outcome: 'complete' };

const before = process.env['TMPDIR'];
let elsewhere = '';

beforeEach(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'within-elsewhere-'));
  cleanUps.push(() => {
    rmSync(elsewhere, { recursive: true });
  });
});

/** Where nodes of this OS process make their private folders. */
function useElsewhere(): void {
  process.env['TMPDIR'] = elsewhere;
  cleanUps.push(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
}

describe('a run whose nodes write elsewhere', () => {
  test('leaves one run directory with every record in it, and nothing elsewhere', async () => {
    const run = open(['f 1', 'crash 0', 'stop rounds', 'rounds 40']);
    useElsewhere();
    const master = run.startMaster();
    const nodes = run.startNodes(away);
    expect(await endOf(master)).toMatchObject(complete);
    expect(await endsOf(nodes)).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
    for (const id of [1, 2, 3]) {
      const events = nodeEvents(run.directory, id);
      expect(events[0]).toMatchObject({ kind: 'header', run: run.run, id });
      expect(events.at(-1)).toMatchObject({ kind: 'statistics' });
    }
    // The longest is more than one piece, or this test has seen nothing of the cutting.
    expect(readFileSync(runFiles.events(run.directory, 1)).length).toBeGreaterThan(8_000);
    expect(run.judge()).toMatchObject({ verdict: 'pass' });
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('only one is elsewhere: the others write into the run directory themselves', async () => {
    const run = open(['f 1', 'crash 0']);
    const master = run.startMaster();
    const nodes = [run.startNode(1), run.startNode(2, away), run.startNode(3)];
    expect(await endOf(master)).toMatchObject(complete);
    expect(await endsOf(nodes)).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
    expect(run.judge()).toMatchObject({ verdict: 'pass' });
  });

  test('a planned crash sends its record before it leaves', async () => {
    const run = open(['f 1', 'crash 2 round 1 after 1', 'crash-mode announce']);
    const master = run.startMaster();
    const nodes = run.startNodes(away);
    expect(await endOf(master)).toMatchObject(complete);
    expect(await endsOf(nodes)).toMatchObject([{ code: 0 }, { code: 2 }, { code: 0 }]);
    expect(nodeEvents(run.directory, 2).at(-1)).toMatchObject({ kind: 'crash', round: 1 });
    const { verdict, statistics } = run.judge();
    expect({ verdict, crashes: statistics.crashes }).toMatchObject({
      verdict: 'pass',
      crashes: { fired: 1 },
    });
  });
});

describe('pieces that do not belong', () => {
  /** Nodes 1 and 2 are real, 3 does what the test says. */
  async function withScripted(): Promise<{ run: OneProcessRun; scripted: ScriptedNode }> {
    const run = open(['f 1', 'crash 0']);
    run.startMaster();
    const scripted = await registerScripted(3, await run.masterAt);
    cleanUps.push(() => {
      scripted.close();
    });
    run.startNode(1);
    run.startNode(2);
    return { run, scripted };
  }

  async function startedWithScripted(): ReturnType<typeof withScripted> {
    const opened = await withScripted();
    await opened.scripted.connect();
    await opened.scripted.hear('start');
    return opened;
  }

  const piece = (from: number, text: string) =>
    ({ kind: 'piece', from, data: Buffer.from(text) }) as const;

  const refusals = (run: OneProcessRun): string[] =>
    masterEvents(run.directory).flatMap((event) =>
      event.kind === 'refused' ? [event.reason] : [],
    );

  test('before the start, of another node, over a file that is there, after done', async () => {
    const { run, scripted } = await withScripted();
    await scripted.hear('welcome');
    scripted.toMaster.send(piece(3, 'early'));
    await scripted.connect();
    await scripted.hear('start');
    scripted.toMaster.send(piece(1, 'not mine'));
    scripted.toMaster.send(piece(3, 'one '));
    scripted.toMaster.send(piece(3, 'two'));
    for (const round of [0, 1, 2]) {
      const value = { kind: 'message', from: 3, value: 0.25, round, output: false, fail: false };
      scripted.toMaster.send(value as never);
      for (const link of scripted.links) link.send(value as never);
    }
    scripted.toMaster.send({ kind: 'done', from: 3 });
    scripted.toMaster.send(piece(3, 'late'));
    await until(() => refusals(run).length === 3, 'three refusals');
    expect(refusals(run)).toEqual([
      'a piece of a record before the start',
      'node 3 claims to be node 1',
      'a piece of a record after done',
    ]);
    expect(readFileSync(runFiles.events(run.directory, 3), 'utf8')).toBe('one two');
    run.startedMaster().interrupt('the test');
    await endOf(run.startedMaster());
  });

  test('no process is signalled on the word of a piece', async () => {
    const { run, scripted } = await startedWithScripted();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    cleanUps.push(() => bystander.kill('SIGKILL'));
    const { pid = -1 } = bystander;
    const claimed = { process: 'node', id: 3, run: run.run, originUs: 0, t: 0 } as const;
    const header = { ...headerOf({ ...claimed, host: hostname() }), pid };
    scripted.toMaster.send(piece(3, `${JSON.stringify(header)}\n`));
    await until(() => existsSync(runFiles.events(run.directory, 3)), 'the piece');
    expect(processOfNode(run.directory, run.run, 3)).toBe(pid);
    const kill = { kind: 'kill', node: 3 } as const;
    expect(run.startedMaster().act(kill)).toMatch(/^node 3 sends its record/);
    expect(isRunning(pid)).toBe(true);
    run.startedMaster().interrupt('the test');
    await endOf(run.startedMaster());
  });

  test('whoever sends his record drop by drop after the end does not keep the master', async () => {
    const { run, scripted } = await startedWithScripted();
    run.startedMaster().interrupt('the test');
    await scripted.hear('finish');
    const drops = setInterval(() => scripted.toMaster.send(piece(3, '.')), 500);
    cleanUps.push(() => {
      clearInterval(drops);
    });
    await endOf(run.startedMaster());
    expect(readFileSync(runFiles.events(run.directory, 3)).length).toBeGreaterThan(5);
  }, 20_000);

  test('… and Ctrl-C ends the wait for last words at once', async () => {
    const { run, scripted } = await startedWithScripted();
    run.startedMaster().interrupt('the test');
    await scripted.hear('finish');
    const sinceMs = performance.now();
    run.startedMaster().interrupt('the test again');
    await endOf(run.startedMaster());
    // Five seconds are what the master waits by itself.
    expect(performance.now() - sinceMs).toBeLessThan(4_500);
  });

  test('a file that is there is never overwritten; the run then has no whole record', async () => {
    const { run, scripted } = await withScripted();
    const file = runFiles.events(run.directory, 3);
    writeFileSync(file, 'older');
    await scripted.connect();
    await scripted.hear('start');
    scripted.toMaster.send(piece(3, 'newer'));
    await until(() => refusals(run).length === 1, 'a refusal');
    run.startedMaster().interrupt('the test');
    expect(await endOf(run.startedMaster())).toMatchObject({ error: { code: 'run-failed' } });
    expect(readFileSync(file, 'utf8')).toBe('older');
  });
});
