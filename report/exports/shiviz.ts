/**
 * The run as a ShiViz log (bestchai.bitbucket.io/shiviz): load the file, nothing has to be typed. Line 1
 * is the regular expression that ShiViz parses the rest with, line 2 the delimiter of executions.
 * Vector clocks are not recorded, they follow from the events: each host counts its own from 1.
 */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { RunRecord } from '../../record/read-run.ts';
import { causalOrder, hostName } from './causal-order.ts';
import type { CausalEvent, HostEvent } from './causal-order.ts';
import { eventText } from './event-text.ts';

const PARSER = '(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)';
const DELIMITER = '^=== (?<trace>.*) ===$';

type Clock = Map<NodeId, number>;

/** Lines with their line ends. Two lines per event: host and clock, then what happened. */
export function* shivizLines(record: RunRecord): Generator<string> {
  yield `${PARSER}\n${DELIMITER}\n`;
  yield `=== ${(record.config?.name ?? 'run').replaceAll(/\s+/g, ' ')} ===\n`;
  const clocks = new Map<NodeId, Clock>();
  /** Of events that others may follow from; the rest is forgotten at once. */
  const kept = new Map<CausalEvent, Clock>();
  for (const event of causalOrder(record, isShown)) {
    const clock = clocks.get(event.host) ?? new Map<NodeId, number>();
    clocks.set(event.host, clock);
    const cause = event.cause && kept.get(event.cause);
    if (cause) {
      for (const [host, time] of cause) {
        if (time > (clock.get(host) ?? 0)) clock.set(host, time);
      }
    }
    clock.set(event.host, event.index);
    if (isCause(event.event)) kept.set(event, new Map(clock));
    yield `${hostName(event.host)} ${clockText(clock)}\n${eventText(event)}\n`;
  }
}

/** Counters are no step of the run. */
const isShown = ({ kind }: HostEvent): boolean => kind !== 'statistics';

const causes: ReadonlySet<HostEvent['kind']> = new Set([
  'multicast',
  'report',
  'output',
  'crash',
  'start',
  'decide',
  'finish',
] as const);

const isCause = ({ kind }: HostEvent): boolean => causes.has(kind);

const clockText = (clock: Clock): string =>
  `{${[...clock].map(([host, time]) => `"${hostName(host)}":${time}`).join(',')}}`;
