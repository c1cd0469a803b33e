/**
 * The grammar of a config as data; its faults and delays are in grammar-faults.ts. The parser reads lines by it, flags take their help
 * from it, and the table in docs/config.md is generated from it.
 *
 * A form is what follows the keyword: lower-case words stand for themselves, `a|b` is a choice,
 * `[a|b]` a choice that may be left out, a word in capitals is a slot (slots.ts), `SLOT…` one or more,
 * up to the form's next word in lower case.
 * A keyword may have several entries (`crash` has): the form that fits decides which one is meant.
 * A new keyword is one entry and one line in settings.ts.
 */
import type { Entry } from './entry.ts';
import { faultEntries } from './grammar-faults.ts';

export const entries = [
  {
    keyword: 'algorithm',
    statement: 'algorithm',
    forms: ['NAME'],
    meaning:
      'The update rule: mean, midpoint or select; or a file of your own, like ./my-rule.ts ' +
      '(own-algorithms.md).',
    default: 'mean',
    otherwise: '',
    unit: '',
    example: 'algorithm midpoint',
    use: 'once',
  },
  {
    keyword: 'epsilon',
    statement: 'epsilon',
    forms: ['EPSILON'],
    meaning: 'Largest allowed gap between two outputs.',
    default: '0.001',
    otherwise: '',
    unit: 'that of the inputs',
    example: 'epsilon 0.001',
    use: 'once',
  },
  {
    keyword: 'f',
    statement: 'f',
    forms: ['F'],
    meaning: 'At most this many nodes may fail. A node awaits n − f values, its own included.',
    default: null,
    otherwise: 'required',
    unit: 'nodes',
    example: 'f 2',
    use: 'once',
  },
  ...faultEntries,
  {
    keyword: 'stop',
    statement: 'stop',
    forms: ['frozen|rounds'],
    meaning:
      'frozen: the master names the lowest round whose values are within ε, and nodes output ' +
      'theirs of it. rounds: nodes output their value of round R without a word of the master.',
    default: 'frozen',
    otherwise: '',
    unit: '',
    example: 'stop rounds',
    use: 'once',
  },
  {
    keyword: 'rounds',
    statement: 'rounds',
    forms: ['R'],
    meaning: 'Rounds that are enough. Needed where no worst case is proven.',
    default: null,
    otherwise: 'the proven worst case plus 1',
    unit: 'rounds',
    example: 'rounds 40',
    use: 'once',
  },
  {
    keyword: 'seed',
    statement: 'seed',
    forms: ['SEED'],
    meaning: 'Decides every crash and delay. random: a new one for each run, printed.',
    default: null,
    otherwise: "derived from the file's content",
    unit: '',
    example: 'seed 7',
    use: 'once',
  },
  {
    keyword: 'time-limit',
    statement: 'time-limit',
    forms: ['TIME'],
    meaning: 'The run ends as inconclusive this long after its start.',
    default: null,
    otherwise: '30 s plus R + 3 times the longest wait: delay, loss, hold, clog and pause',
    unit: 'ms',
    example: 'time-limit 60 s',
    use: 'once',
  },
  {
    keyword: 'patience',
    statement: 'patience',
    forms: ['TIME'],
    meaning: 'The run ends as inconclusive when no report has reached the master for this long.',
    default: null,
    otherwise: '10 s plus 2 times the longest wait',
    unit: 'ms',
    example: 'patience 500 ms',
    use: 'once',
  },
  {
    keyword: 'tls',
    statement: 'tls',
    forms: ['on|off'],
    meaning:
      'on: the processes prove to each other who they are and nobody else can listen ' +
      '(threat-model.md). Needed at any address that other machines can reach.',
    default: 'off',
    otherwise: '',
    unit: '',
    example: 'tls on',
    use: 'once',
  },
  {
    keyword: 'keep-alive',
    statement: 'keep-alive',
    forms: ['UNANSWERED'],
    meaning:
      'A connection has ended when the other machine has not answered for this long. A process that ' +
      'is slow or stopped still answers: its system does.',
    default: null,
    otherwise: '60 s',
    unit: 'ms',
    example: 'keep-alive 20 s',
    use: 'once',
  },
  {
    keyword: 'unsound',
    statement: 'unsound',
    forms: ['yes|no'],
    meaning:
      'yes: run although n is too small for f, or rounds for `stop rounds`, to watch it fail. ' +
      'Such a run cannot pass.',
    default: 'no',
    otherwise: '',
    unit: '',
    example: 'unsound yes',
    use: 'once',
  },
  {
    keyword: 'master',
    statement: 'master',
    forms: ['HOST PORT'],
    meaning: 'Where the master listens.',
    default: '127.0.0.1 0',
    otherwise: '',
    unit: '',
    example: 'master 127.0.0.1 9000',
    use: 'once',
  },
  {
    keyword: 'node',
    statement: 'node',
    forms: ['ID INPUT HOST PORT'],
    meaning: 'One node: its id, its input and where it listens. Ids are 1 to n, in any order.',
    default: null,
    otherwise: 'at least one is required',
    unit: '',
    example: 'node 1 0.10 127.0.0.1 9001',
    use: 'list',
  },
  {
    keyword: 'n',
    statement: 'n',
    forms: ['N'],
    meaning:
      "Only as a flag: run with the file's first n nodes; nodes beyond the file's get inputs " +
      'drawn from the range of its inputs and any free port.',
    default: null,
    otherwise: "the file's nodes",
    unit: 'nodes',
    example: '--n 8',
    use: 'flag',
  },
] as const satisfies readonly Entry[];

export type StatementName = (typeof entries)[number]['statement'];

/** In the order of the table, each once. */
export const keywords: readonly string[] = [...new Set(entries.map((entry) => entry.keyword))];

export const entriesOf = (keyword: string): readonly (Entry & { statement: StatementName })[] =>
  entries.filter((entry) => entry.keyword === keyword);
