/** A word as it has to stand in a shell script, so that the shell sees exactly it. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

export const command = (words: readonly string[]): string => words.map(quoted).join(' ');
