/**
 * The newest state for any number of viewers. Who is slow misses states in between, never the last
 * one, and nothing piles up for them.
 */
export interface News {
  readonly event: string;
  readonly data: string;
}

export interface Viewer {
  /** The newest news that this viewer has not had; waits for some. null: there will be none. */
  next(): Promise<News | null>;
  readonly leave: () => void;
}

export interface Broadcast {
  join(): Viewer;
  /** Replaces the news of the same event that somebody has not had yet. */
  say(news: News): void;
  viewers(): number;
  /** Called whenever somebody has joined or left. */
  onChange: (viewers: number) => void;
  close(): void;
}

interface Seat {
  readonly waiting: Map<string, News>;
  wake: () => void;
  isGone: boolean;
}

export function createBroadcast(): Broadcast {
  const latest = new Map<string, News>();
  const seats = new Set<Seat>();
  let isClosed = false;
  const leave = (seat: Seat): void => {
    seat.isGone = true;
    seat.wake();
    if (seats.delete(seat)) broadcast.onChange(seats.size);
  };
  const broadcast: Broadcast = {
    join() {
      const seat: Seat = { waiting: new Map(latest), wake: () => undefined, isGone: isClosed };
      seats.add(seat);
      broadcast.onChange(seats.size);
      return {
        next: () => nextFor(seat),
        leave() {
          leave(seat);
        },
      };
    },
    say(news) {
      latest.set(news.event, news);
      for (const seat of seats) {
        seat.waiting.set(news.event, news);
        seat.wake();
      }
    },
    viewers: () => seats.size,
    onChange: () => undefined,
    close() {
      isClosed = true;
      for (const seat of [...seats]) leave(seat);
    },
  };
  return broadcast;
}

async function nextFor(seat: Seat): Promise<News | null> {
  if (seat.waiting.size === 0 && !seat.isGone) {
    await new Promise<void>((resolve) => {
      seat.wake = resolve;
    });
  }
  const [event, news] = [...seat.waiting][0] ?? [];
  if (event === undefined || news === undefined) return null;
  seat.waiting.delete(event);
  return news;
}
