/** The user's fault: a directory that holds something else, a sweep that has changed. Exit code 254. */
export class SweepError extends Error {
  override readonly name = 'SweepError';
}
