/** Questions to the master process, each answered once, by its number. */
export interface Requests {
  ask(send: (request: number) => void): Promise<string | null>;
  answer(request: number, problem: string | null): void;
  /** Nobody is left to answer. */
  readonly close: () => void;
}

export function createRequests(): Requests {
  const open = new Map<number, (problem: string | null) => void>();
  let last = 0;
  let isClosed = false;
  return {
    ask(send) {
      if (isClosed) return Promise.resolve(OVER);
      last += 1;
      const request = last;
      return new Promise((resolve) => {
        open.set(request, resolve);
        send(request);
      });
    },
    answer(request, problem) {
      open.get(request)?.(problem);
      open.delete(request);
    },
    close() {
      isClosed = true;
      for (const resolve of open.values()) resolve(OVER);
      open.clear();
    },
  };
}

const OVER = 'the run is over';
