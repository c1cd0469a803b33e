/** A promise that is settled from outside: something that happens once, awaited elsewhere. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  // Whoever races on it sees the rejection; with nobody waiting it must not end the process.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** The longest time that a timer of Node.js can wait, 24.8 days; anything longer fires at once. */
export const TIMER_MS_MAX = 2_147_483_647;

/**
 * Resolves to null when `promise` has not settled within `ms` milliseconds. The wait alone keeps no
 * process alive.
 */
export function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(
      () => {
        resolve(null);
      },
      Math.min(ms, TIMER_MS_MAX),
    );
    timer.unref();
  });
  return Promise.race([promise, late]).finally(() => {
    clearTimeout(timer);
  });
}
