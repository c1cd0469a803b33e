/** The page's line to the process that serves it: states come as events, actions go as requests. */
import type { PageData } from '../../page-data.ts';

export type LineState =
  | { readonly kind: 'watching'; readonly mayAct: boolean }
  /** The run is over; `report`: where its page is kept. */
  | { readonly kind: 'over'; readonly report: string }
  /** The other side is gone without a word. */
  | { readonly kind: 'lost' };

/** As the server reads it; see runtime/action.ts. */
export type PageActionRequest = Readonly<Record<string, string | number>>;

export interface Connection {
  onData(listener: (data: PageData) => void): void;
  onState(listener: (state: LineState) => void): void;
  /** Resolves to why it could not be done, or null. */
  readonly act: (action: PageActionRequest) => Promise<string | null>;
}

/** The token is behind the # of the link, and leaves this page only with an action. */
export function connect(): Connection {
  const token = takeToken();
  const source = new EventSource('events');
  return {
    onData(listener) {
      const show = newestOnly(listener);
      onNews(source, 'run', (news) => {
        show(news as PageData);
      });
    },
    onState(listener) {
      listener({ kind: 'watching', mayAct: token !== '' });
      onNews(source, 'end', (news) => {
        source.close();
        listener({ kind: 'over', ...(news as { readonly report: string }) });
      });
      source.addEventListener('error', () => {
        // CLOSED: the server answered with an error. Else the browser dials again by itself.
        listener({ kind: 'lost' });
      });
      source.addEventListener('open', () => {
        listener({ kind: 'watching', mayAct: token !== '' });
      });
    },
    act: (action) => send(action, token),
  };
}

/** As launcher/live/live-server.ts makes it. */
const TOKEN = /^[\w-]{22}$/;
const KEPT_AS = 'token';

/** Kept for this tab: links to panels put their own names behind the #, and then the page may be loaded again. */
function takeToken(): string {
  const given = location.hash.slice(1);
  if (!TOKEN.test(given)) return sessionStorage.getItem(KEPT_AS) ?? '';
  sessionStorage.setItem(KEPT_AS, given);
  return given;
}

function onNews(source: EventSource, name: string, listener: (news: unknown) => void): void {
  source.addEventListener(name, (event: MessageEvent<string>) => {
    listener(JSON.parse(event.data));
  });
}

/** Drawing may take longer than the next state needs to come: only the newest one is drawn. */
function newestOnly(listener: (data: PageData) => void): (data: PageData) => void {
  let latest: PageData | null = null;
  return (data) => {
    const isWaiting = latest !== null;
    latest = data;
    if (isWaiting) return;
    setTimeout(() => {
      const shown = latest;
      latest = null;
      if (shown !== null) listener(shown);
    }, 0);
  };
}

async function send(action: PageActionRequest, token: string): Promise<string | null> {
  try {
    const answer = await fetch('act', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-within-token': token },
      body: JSON.stringify(action),
    });
    const { problem } = (await answer.json()) as { readonly problem: string | null };
    return problem;
  } catch {
    return 'nobody answers: the run is over, or its process has ended';
  }
}
