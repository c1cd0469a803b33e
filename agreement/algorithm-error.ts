/** What goes wrong in code of the user's, in words that name it. */

/** The user's code has failed: it threw, or returned what nobody can use. Exit code 254. */
export class AlgorithmError extends Error {
  override readonly name = 'AlgorithmError';
  /** As the user named it. */
  readonly file: string;
  readonly what: string;
  readonly expected: string;
  /** What to do. */
  readonly remedy: string;

  constructor(file: string, what: string, expected: string, remedy = 'correct the file') {
    super(`${file}: ${what}; expected ${expected}`);
    this.file = file;
    this.what = what;
    this.expected = expected;
    this.remedy = remedy;
  }
}

/** How to call into a user's file. */
export interface UserCode {
  /** As the user named it, for messages. */
  readonly file: string;
  /** Runs `act`; what it throws becomes an AlgorithmError that says `what` threw, and where. */
  call<T>(what: string, act: () => T): T;
}

/** `lineOf`: where in the user's file something was thrown, "my-rule.ts:3"; null: unknown. */
export const userCode = (file: string, lineOf: (thrown: unknown) => string | null): UserCode => ({
  file,
  call(what, act) {
    try {
      return act();
    } catch (thrown) {
      if (thrown instanceof AlgorithmError) throw thrown;
      const line = lineOf(thrown);
      const at = line === null ? '' : ` (${line})`;
      const said = thrownShown(thrown);
      throw new AlgorithmError(file, `${what} threw ${said}${at}`, 'that it never throws');
    }
  },
});

const SHOWN_LENGTH_MAX = 200;

/** A value of the user's, short and safe to print. */
export function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return `a list of ${value.length}`;
    return 'then' in value ? 'a promise (nothing here may be asynchronous)' : 'an object';
  }
  if (typeof value === 'string') return `the text ${cut(JSON.stringify(value))}`;
  return typeof value === 'function' ? 'a function' : cut(String(value));
}

function thrownShown(thrown: unknown): string {
  const { name, message } = Object(thrown) as Readonly<Record<string, unknown>>;
  if (typeof message !== 'string') return shown(thrown);
  return cut(`${typeof name === 'string' ? name : 'Error'}: ${message}`);
}

/** Short enough to print. */
export const cut = (text: string): string =>
  text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
