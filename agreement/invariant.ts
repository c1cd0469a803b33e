/** A bug of our own. Never caught to go on; the entry points turn it into exit code 255. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** `what` as a function where a step passes by often: most of the cost is putting the words together. */
export function invariant(holds: boolean, what: string | (() => string)): asserts holds {
  if (!holds) throw new InvariantError(typeof what === 'string' ? what : what());
}
