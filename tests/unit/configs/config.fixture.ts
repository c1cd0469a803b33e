import { ConfigError } from '../../../configs/config-error.ts';
import { parseConfig } from '../../../configs/load.ts';
import type { ParseRequest } from '../../../configs/load.ts';
import type { RunConfig } from '../../../configs/run-config.ts';

/** Five nodes, f 2, seed 7: legal as it is. Lines 1 to 7. */
export const legalText = `f 2
seed 7
node 1 0.10 127.0.0.1 9001
node 2 0.85 127.0.0.1 9002
node 3 0.40 127.0.0.1 9003
node 4 1.00 127.0.0.1 9004
node 5 0.00 127.0.0.1 9005
`;

type Options = Partial<Omit<ParseRequest, 'text'>>;

export const parse = (text: string, options: Options = {}): RunConfig =>
  parseConfig({ name: 'x.txt', text, drawSeed: () => 1234, ...options });

/** The legal config with more lines; the first of them is line 8. */
export const parseWith = (lines: string, options: Options = {}): RunConfig =>
  parse(`${legalText}${lines}\n`, options);

/** One line of text per problem. Fails the test when there is none. */
export function problemsOf(text: string, options: Options = {}): string[] {
  try {
    parse(text, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  throw new Error('there was no problem');
}

export const problemsWith = (lines: string, options: Options = {}): string[] =>
  problemsOf(`${legalText}${lines}\n`, options);
