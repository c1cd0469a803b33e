/**
 * Serves the live page, on the loopback interface only. Whoever may open a socket there may look; who
 * wants to act needs the token of the printed link. It stands behind the #, so that no browser sends
 * it anywhere by itself, and a page of another origin can neither read nor guess it.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { parseAction } from '../../runtime/action.ts';
import type { Action } from '../../runtime/action.ts';
import { within } from '../../runtime/deferred.ts';
import { LIVE_HOST, unusablePort } from './live-port.ts';
import type { Broadcast } from './broadcast.ts';

export interface LiveServerOptions {
  /** 0: any free one. */
  readonly port: number;
  /** The page, without data that changes. */
  readonly page: string;
  readonly broadcast: Broadcast;
  /** Resolves to why it cannot be done, or null. */
  readonly act: (action: Action) => Promise<string | null>;
}

export interface LiveServer {
  /** With the token. */
  readonly link: string;
  /** Viewers get what has been said; whoever is too slow is cut off. */
  close(): Promise<void>;
}

const BODY_BYTES_MAX = 1024;
/** Milliseconds. */
const CLOSE_MS = 500;
const TOKEN_HEADER = 'x-within-token';

/** Fails with `port-taken` or `cannot-listen`. */
export async function startLiveServer(options: LiveServerOptions): Promise<LiveServer> {
  const token = randomBytes(16).toString('base64url');
  const { server, port } = await listenOnLoopback(createApp(options, token), options.port);
  return {
    link: `http://${LIVE_HOST}:${port}/#${token}`,
    close() {
      options.broadcast.close();
      return closeServer(server);
    },
  };
}

async function closeServer(server: ServerType): Promise<void> {
  const closed = new Promise<true>((resolve) => {
    server.close(() => {
      resolve(true);
    });
  });
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  const isClosed = await within(closed, CLOSE_MS);
  if (isClosed === null && 'closeAllConnections' in server) server.closeAllConnections();
}

function createApp({ page, broadcast, act }: LiveServerOptions, token: string): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const refusal = strangeHost(context) ?? strangeOrigin(context);
    if (refusal !== null) return context.text(refusal, 403);
    await next();
    context.header('content-security-policy', "frame-ancestors 'none'");
    context.header('cache-control', 'no-store');
    context.header('referrer-policy', 'no-referrer');
    context.header('x-content-type-options', 'nosniff');
    return undefined;
  });
  app.get('/', (context) => context.html(page));
  app.get('/events', (context) => {
    const refusal = strangeViewer(context);
    if (refusal !== null) return context.text(refusal, 403);
    return streamSSE(context, async (stream) => {
      const viewer = broadcast.join();
      stream.onAbort(viewer.leave);
      for (let news = await viewer.next(); news !== null; news = await viewer.next()) {
        await stream.writeSSE(news);
      }
    });
  });
  app.post('/act', bodyLimit({ maxSize: BODY_BYTES_MAX }), async (context) => {
    if (!isToken(context.req.header(TOKEN_HEADER), token)) {
      return context.json(
        { problem: 'open the link that the terminal shows: it has the token' },
        401,
      );
    }
    const action = parseAction(await context.req.json().catch(() => null));
    if (action === null) return context.json({ problem: 'no such action' }, 400);
    return context.json({ problem: await act(action) });
  });
  return app;
}

/** A name that somebody else has pointed at this machine (DNS rebinding). */
function strangeHost(context: Context): string | null {
  const host = context.req.header('host') ?? '';
  const isOwn = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
  return isOwn ? null : `This page is served as ${LIVE_HOST} only, not as ${host}.`;
}

/** A browser names the page that a request comes from. */
function strangeOrigin(context: Context): string | null {
  const origin = context.req.header('origin');
  const isOwn = origin === undefined || origin === `http://${context.req.header('host') ?? ''}`;
  return isOwn ? null : `Requests of ${origin} are refused.`;
}

/**
 * Who counts as somebody who looks, since a run waits for its viewers: not HEAD, which reads nothing and never
 * leaves, and no image of another page, of which a browser names no origin but says that it is another's.
 */
function strangeViewer(context: Context): string | null {
  const site = context.req.header('sec-fetch-site') ?? 'none';
  const isOwn = ['same-origin', 'none'].includes(site);
  return context.req.method === 'GET' && isOwn ? null : 'Only the page itself may listen.';
}

function isToken(given: string | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function listenOnLoopback(
  app: Hono,
  port: number,
): Promise<{ readonly server: ServerType; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: LIVE_HOST, port }, (bound) => {
      resolve({ server, port: bound.port });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(unusablePort(port, error));
    });
  });
}
