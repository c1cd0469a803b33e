/** Who may do what at the live page's port: looking is free, acting needs the token and the own origin. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { childPid, masterEvents, openScratch } from '../fixtures/launched.ts';
import type { Launched, Scratch } from '../fixtures/launched.ts';
import { isStopped, membersOf, signal } from '../fixtures/os-process.ts';
import { until } from '../fixtures/until.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A run that takes as long as anybody likes, with one viewer: it begins when somebody looks. */
async function startWatched(scratch: Scratch): Promise<{ launched: Launched; base: URL }> {
  const nodes = [0, 0.5, 1].map((input, i) => `node ${i + 1} ${input} 127.0.0.1 0`);
  const slow = ['f 1', 'crash 0', 'delay constant 60000', 'time-limit 600 s', 'patience 600 s'];
  const config = scratch.config([...slow, ...nodes]);
  const launched = scratch.launch(['cluster', config, '--folder', scratch.runs, '--ui']);
  await until(() => /http:\S+/.test(launched.stdout()), 'the link');
  const base = new URL(/http:\S+/.exec(launched.stdout())?.[0] ?? '');
  request(new URL('events', base))
    .on('error', () => undefined)
    .end();
  const hasStarted = (): boolean =>
    masterEvents(scratch.run() ?? '').some(({ kind }) => kind === 'start');
  await until(() => scratch.run() !== null && hasStarted(), 'the start');
  return { launched, base };
}

describe('the port of the live page', () => {
  const scratch = openScratch();
  let launched: Launched;
  let base: URL;
  let token = '';

  beforeAll(async () => {
    ({ launched, base } = await startWatched(scratch));
    token = base.hash.slice(1);
  });

  afterAll(() => scratch.clear());

  const send = (
    path: string,
    options: {
      readonly method?: string;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    } = {},
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers = {}, body = '' } = options;
      const asked = request(new URL(path, base), { method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: text });
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });

  const act = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    send('act', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-within-token': token, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const acts = (): string[] =>
    masterEvents(scratch.run() ?? '')
      .map(({ kind }) => kind)
      .filter((kind) => ['pause', 'resume', 'kill', 'hold', 'release'].includes(kind));

  const hold = { kind: 'hold', from: 1, to: 2 };

  test('the page carries no token, and asks nobody but its own server', async () => {
    const { status, body } = await send('');
    expect(status).toBe(200);
    expect(body).not.toContain(token);
    expect(body).toContain("connect-src 'self'");
  });

  test('no action without the token, with a wrong one, or from another origin', async () => {
    expect((await act(hold, { 'x-within-token': '' })).status).toBe(401);
    expect((await act(hold, { 'x-within-token': 'A'.repeat(token.length) })).status).toBe(401);
    expect((await act(hold, { origin: 'http://example.org' })).status).toBe(403);
    expect((await act(hold, { origin: 'null' })).status).toBe(403);
    expect((await act(hold, { host: 'example.org' })).status).toBe(403);
    expect((await send('', { headers: { host: 'example.org' } })).status).toBe(403);
    expect((await send('events', { headers: { origin: 'http://example.org' } })).status).toBe(403);
    const ofAnother = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect((await send('events', { headers: ofAnother })).status).toBe(403);
    expect((await send('events', { method: 'HEAD' })).status).toBe(403);
    expect(acts()).toEqual([]);
  });

  test('what is no action is refused, and so is one that cannot be done', async () => {
    for (const nonsense of ['', 'null', '[]', '{"kind":"pause"}', '{"kind":"boil","node":1}']) {
      expect((await act(nonsense)).status).toBe(400);
    }
    expect((await act('x'.repeat(5_000))).status).toBe(413);
    expect((await act({ kind: 'pause', node: 9 })).body).toContain('there is no node 9');
    expect((await act({ kind: 'resume', node: 1 })).body).toContain('node 1 is not paused');
    expect((await act({ kind: 'hold', from: 1, to: 1 })).body).toContain('no link to itself');
    expect((await act({ kind: 'release', from: 1, to: 2 })).body).toContain('is not held');
    expect(acts()).toEqual([]);
  });

  test('with the token of the link an action is done, once', async () => {
    expect(await act(hold, { origin: base.origin })).toEqual({
      status: 200,
      body: '{"problem":null}',
    });
    expect((await act(hold)).body).toContain('is held already');
    expect(acts()).toEqual(['hold']);
  });

  test('is asked for before anything is written: one that is taken leaves no run directory', async () => {
    const another = openScratch();
    const sample = another.config(['f 0', 'node 1 0 127.0.0.1 0', 'node 2 1 127.0.0.1 0']);
    const { code, stdout, stderr } = await another.cluster([
      sample,
      '--ui',
      '--ui-port',
      base.port,
    ]);
    expect({ code, stdout }).toEqual({ code: 255, stdout: '' });
    expect(stderr).toContain(`port ${base.port} for the live page is taken by another process`);
    expect(another.run()).toBeNull();
    await another.clear();
  });

  test('Ctrl-C ends the run although somebody looks, and a paused node with it', async () => {
    expect((await act({ kind: 'pause', node: 3 })).body).toBe('{"problem":null}');
    launched.signalGroup('SIGINT');
    expect((await launched.ended).code).toBe(130);
  });
});

test('kill -9 of the launcher while a node is paused leaves nothing behind', async () => {
  const scratch = openScratch();
  const { launched, base } = await startWatched(scratch);
  const headers = { 'content-type': 'application/json', 'x-within-token': base.hash.slice(1) };
  const asked = request(new URL('act', base), { method: 'POST', headers });
  // Its answer may be lost with the launcher.
  asked.on('error', () => undefined).end(JSON.stringify({ kind: 'pause', node: 2 }));
  const paused = childPid(scratch.run() ?? '', 2) ?? -1;
  await until(() => isStopped(paused), 'a node that stands');
  signal(launched.pid, 'SIGKILL');
  await until(() => membersOf(launched.pid).length === 0, 'the end of all of them');
  await scratch.clear();
});
