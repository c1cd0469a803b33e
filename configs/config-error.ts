/** The user's fault: a config that cannot be run. The entry points turn it into exit code 254. */

/** Where something was said. Flags are their own file (`--f`) without lines. */
export interface Place {
  readonly file: string;
  /** From 1; null when no single line is to blame. */
  readonly line: number | null;
}

/** What happened, what was expected, and what to do. None of the three ends with a full stop. */
export interface Problem extends Place {
  readonly what: string;
  readonly expected: string;
  readonly remedy: string;
}

/** All problems of a config at once, in the order of the file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(describeProblems(problems));
    this.problems = problems;
  }
}

/** A file that is no config at all has a problem in every line: nobody reads more than these. */
const PROBLEMS_SHOWN_MAX = 100;

const WORD_LENGTH_MAX = 60;

export const problemAt = (
  place: Place,
  what: string,
  expected: string,
  remedy: string,
): Problem => ({
  file: place.file,
  line: place.line,
  what,
  expected,
  remedy,
});

export const placeText = (place: Place): string =>
  place.line === null ? place.file : `${place.file}:${place.line}`;

/** Text from the file, safe to print: control characters are escaped, long words are cut. */
export function quoted(text: string): string {
  const cut = text.length > WORD_LENGTH_MAX ? `${text.slice(0, WORD_LENGTH_MAX)}…` : text;
  return JSON.stringify(cut);
}

function describeProblems(problems: readonly Problem[]): string {
  const lines = problems
    .slice(0, PROBLEMS_SHOWN_MAX)
    .map((p) => `${placeText(p)}: ${p.what}; expected ${p.expected}; ${p.remedy}`);
  const hidden = problems.length - lines.length;
  return [...lines, ...(hidden > 0 ? [`… and ${hidden} more problems`] : [])].join('\n');
}
