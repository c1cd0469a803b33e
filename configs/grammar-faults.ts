/** The grammar of faults and delays: a part of grammar.ts, in the order of its table. */
import type { Entry } from './entry.ts';

export const faultEntries = [
  {
    keyword: 'delay',
    statement: 'delay',
    forms: [
      'MIN MAX',
      'uniform MIN MAX',
      'constant DELAY',
      'exponential MIN MEAN cap CAP',
      'lognormal MEDIAN SIGMA cap CAP',
      'pareto MIN ALPHA cap CAP',
    ],
    meaning: 'How long a message between nodes waits at its receiver, drawn per message.',
    default: '0 0',
    otherwise: '',
    unit: 'ms',
    example: 'delay 0 20',
    use: 'once',
  },
  {
    keyword: 'order',
    statement: 'order',
    forms: ['fifo|any'],
    meaning: 'fifo: a message never overtakes an earlier one of its link. any: it may.',
    default: 'fifo',
    otherwise: '',
    unit: '',
    example: 'order any',
    use: 'once',
  },
  {
    keyword: 'crash',
    statement: 'crash-hazard',
    forms: ['P [per-send|per-round|round-end]'],
    meaning:
      'Chance of a crash: before each send to a peer (per-send, also without a word), spread over ' +
      'the sends of a round (per-round), or after all sends of a round (round-end).',
    default: '0.03 per-send',
    otherwise: '',
    unit: 'probability',
    example: 'crash 0.2 per-round',
    use: 'once',
  },
  {
    keyword: 'crash',
    statement: 'crash-script',
    forms: ['NODE round ROUND after COUNT', 'NODE round ROUND reaching PEER…'],
    meaning:
      "A certain crash in a round's multicast: after so many sends of its order, or when exactly " +
      'these peers have got it. At most f nodes, each once.',
    default: null,
    otherwise: 'none',
    unit: '',
    example: 'crash 3 round 2 after 1',
    use: 'list',
  },
  {
    keyword: 'crash-mode',
    statement: 'crash-mode',
    forms: ['announce|silent'],
    meaning: 'announce: a fail message to everybody, then exit. silent: killed on the spot.',
    default: 'announce',
    otherwise: '',
    unit: '',
    example: 'crash-mode silent',
    use: 'once',
  },
  {
    keyword: 'candidates',
    statement: 'candidates',
    forms: ['CANDIDATE…'],
    meaning: 'Only these nodes may be drawn to crash. Scripted crashes are not bound by it.',
    default: null,
    otherwise: 'all nodes',
    unit: '',
    example: 'candidates 1 4 5',
    use: 'once',
  },
  {
    keyword: 'hold',
    statement: 'hold',
    forms: ['FROM TO rounds ROUNDS until UNTIL'],
    meaning:
      "The link's messages of these rounds wait at the receiver until this time after the start, " +
      'or for ever (never).',
    default: null,
    otherwise: 'none',
    unit: 'ms',
    example: 'hold 4 1 rounds 0-5 until 300',
    use: 'list',
  },
  {
    keyword: 'hold',
    statement: 'hold-by-time',
    forms: ['FROM TO from SINCE until UNTIL'],
    meaning: 'What the link would hand over in this time after the start waits until its end.',
    default: null,
    otherwise: 'none',
    unit: 'ms',
    example: 'hold 4 1 from 200 until 300',
    use: 'list',
  },
  {
    keyword: 'partition',
    statement: 'partition',
    forms: ['SETS… from SINCE until UNTIL'],
    meaning:
      'Sets of nodes, with a | between them, that hear nothing of each other in this time after ' +
      'the start; what was sent meanwhile arrives at its end. A node in no set hears everybody.',
    default: null,
    otherwise: 'none',
    unit: 'ms',
    example: 'partition 1 2 | 3 4 5 from 100 until 400',
    use: 'list',
  },
  {
    keyword: 'slow',
    statement: 'slow',
    forms: [
      'NODE factor FACTOR',
      'NODE plus MIN MAX',
      'NODE plus uniform MIN MAX',
      'NODE plus constant DELAY',
      'NODE plus exponential MIN MEAN cap CAP',
      'NODE plus lognormal MEDIAN SIGMA cap CAP',
      'NODE plus pareto MIN ALPHA cap CAP',
    ],
    meaning:
      'A slow node: the delay of every message from and to it is this many times as long, or ' +
      'longer by another delay, drawn per message.',
    default: null,
    otherwise: 'none',
    unit: 'ms',
    example: 'slow 2 plus 0 50',
    use: 'list',
  },
  {
    keyword: 'loss',
    statement: 'loss',
    forms: ['P rto RTO cap CAP', 'P rto RTO cap CAP burst BURST'],
    meaning:
      'Each attempt to send a message is lost with this chance and made again after RTO, twice ' +
      'RTO, four times RTO and so on, in all at most CAP later. burst: the chance after a loss.',
    default: null,
    otherwise: 'nothing is lost',
    unit: 'probability, ms',
    example: 'loss 0.1 rto 20 cap 1 s',
    use: 'once',
  },
  {
    keyword: 'duplicate',
    statement: 'duplicate',
    forms: ['P'],
    meaning: 'Chance that a second copy of a message follows it, after a delay of its own.',
    default: null,
    otherwise: 'no copies',
    unit: 'probability',
    example: 'duplicate 0.2',
    use: 'once',
  },
  {
    keyword: 'clog',
    statement: 'clog',
    forms: ['every GAP for SILENCE cap CAP'],
    meaning:
      'Clogged links: after an exponential time with mean GAP a link hands over nothing for an ' +
      'exponential time with mean SILENCE, then all that waited, again and again.',
    default: null,
    otherwise: 'none',
    unit: 'ms',
    example: 'clog every 200 for 50 cap 500',
    use: 'once',
  },
  {
    keyword: 'kill',
    statement: 'kill',
    forms: ['NODE at AT'],
    meaning:
      'Kills the OS process of the node (SIGKILL) at this time after the start. Counts against f ' +
      'like a certain crash.',
    default: null,
    otherwise: 'none',
    unit: 'ms',
    example: 'kill 3 at 400',
    use: 'list',
  },
  {
    keyword: 'pause',
    statement: 'pause',
    forms: ['NODE from SINCE until UNTIL'],
    meaning:
      'Stops the OS process of the node (SIGSTOP) for this time after the start, or to the end of ' +
      'the run (never). A paused node is slow, not dead: it does not count against f.',
    default: null,
    otherwise: 'none',
    unit: 'ms',
    example: 'pause 3 from 200 until 500',
    use: 'list',
  },
  {
    keyword: 'use',
    statement: 'use',
    forms: ['RECEIVERS round|rounds ROUNDS from SENDERS…'],
    meaning:
      'Receive set: these nodes end these rounds with exactly these n − f messages, their own ' +
      'included. What others sent waits at the receiver until its round is over (schedules.md).',
    default: null,
    otherwise: 'whatever comes first',
    unit: '',
    example: 'use 1-3 rounds 0-9 from 1-3',
    use: 'list',
  },
] as const satisfies readonly Entry[];
