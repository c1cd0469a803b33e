/** What a sweep's config says of n, f and algorithm, for the cells that do not vary them. */
import { createHash } from 'node:crypto';
import { applyFlags, parseFlags } from '../configs/flags.ts';
import { parseText } from '../configs/parse-text.ts';
import type { RunSource } from './make-run.ts';
import type { Sweep } from './sweep.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `text`: of the config file. Nothing is checked here: what is wrong shows in the cells. */
export function runSourceOf(sweep: Sweep, text: string, own: RunSource['own']): RunSource {
  const { f: setF, ...others } = sweep.set;
  const statements = applyFlags(
    parseText(sweep.config.file, text).statements,
    parseFlags(others).statements,
    others,
  );
  const said = (name: string, slot: 'N' | 'F' | 'NAME'): string | undefined => {
    const value = statements.find((statement) => statement.name === name)?.values[slot];
    return typeof value === 'string' || typeof value === 'number' ? `${value}` : undefined;
  };
  const nodes = statements.filter(({ name }) => name === 'node').length;
  return {
    sweep,
    text,
    n: Number(said('n', 'N') ?? nodes),
    f: setF === undefined ? (said('f', 'F') ?? null) : String(setF),
    algorithm: said('algorithm', 'NAME') ?? 'mean',
    own,
  };
}
