/** One entry of the grammar, as grammar.ts explains it. */
export interface Entry {
  readonly keyword: string;
  /** Names what the line says; tells the entries of one keyword apart. */
  readonly statement: string;
  readonly forms: readonly string[];
  readonly meaning: string;
  /** The rest of the line that is assumed when there is none; null: see `otherwise`. */
  readonly default: string | null;
  /** What holds without a line and without a default. */
  readonly otherwise: string;
  readonly unit: string;
  /** A whole line. */
  readonly example: string;
  /** list: a config may have many of these lines. flag: may only be given as a flag. */
  readonly use: 'once' | 'list' | 'flag';
}
