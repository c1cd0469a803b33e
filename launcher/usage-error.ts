/** Wrong arguments: exit code 254. The message says what was expected and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
