/** One event in words, on one line. */
import type { CausalEvent, HostEvent } from './causal-order.ts';

export function eventText({ event }: CausalEvent): string {
  return inWords(event).replaceAll(/\s+/g, ' ');
}

function inWords(event: HostEvent): string {
  switch (event.kind) {
    case 'start':
      return 'input' in event ? `starts with ${event.input}` : 'opens the start barrier';
    case 'receive':
      return `takes ${event.value} of round ${event.round} from node-${event.from}`;
    case 'pending':
      return `still holds back ${event.value} of round ${event.round} from node-${event.from}`;
    case 'duplicate':
      return `gets ${event.value} of round ${event.round} from node-${event.from} once more`;
    case 'report':
      return 'from' in event
        ? `hears ${event.value} of round ${event.round} from node-${event.from}`
        : `has ${event.value} in round ${event.round}${usedText(event.used)}`;
    case 'multicast':
      return `sends ${event.value} of round ${event.round} to ${receivers(event.to)}`;
    case 'output':
      return 'from' in event
        ? `hears that node-${event.from} outputs ${event.value} of round ${event.round}`
        : `outputs ${event.value} of round ${event.round}`;
    case 'stop':
      return `is told to output round ${event.round}`;
    case 'decide':
      return `decides for round ${event.round}`;
    case 'crash':
      return `crashes in round ${event.round} (${event.mode})`;
    default:
      return incidentInWords(event);
  }
}

type Incident = Exclude<
  HostEvent,
  {
    kind:
      | 'start'
      | 'receive'
      | 'pending'
      | 'duplicate'
      | 'report'
      | 'multicast'
      | 'output'
      | 'stop'
      | 'decide'
      | 'crash';
  }
>;

const ACTS = { pause: 'pauses', resume: 'resumes', kill: 'kills' } as const;

/** What is no step of the algorithm. */
function incidentInWords(event: Incident): string {
  switch (event.kind) {
    case 'fail':
      return `hears node-${event.from} say goodbye`;
    case 'link':
      return 'peer' in event
        ? `sees its link ${event.direction === 'in' ? 'from' : 'to'} ${event.peer} end (${event.how})`
        : `hears that the link from ${event.from} to ${event.to} ended`;
    case 'pause':
    case 'resume':
    case 'kill':
      return `${ACTS[event.kind]} node-${event.node} (${event.origin})`;
    case 'hold':
    case 'release': {
      const what = event.kind === 'hold' ? 'holds back' : 'lets go';
      const link =
        'to' in event ? `the link from ${event.from} to ${event.to}` : `node-${event.from}`;
      return `${what} ${link}`;
    }
    case 'death':
      return `declares node-${event.node} dead (${event.cause})`;
    case 'registered':
      return `registers node-${event.node}`;
    case 'ready':
      return `hears that node-${event.node} is ready`;
    case 'refused':
      return `refuses a record (${event.reason})`;
    case 'finish':
      return `ends the run: ${event.outcome}`;
    case 'statistics':
      return `has used ${Math.round((event.cpuUserUs + event.cpuSystemUs) / 1000)} ms of CPU`;
    case 'abandoned':
      return `leaves: ${event.reason}`;
  }
}

const receivers = (to: 'all' | readonly number[]): string =>
  to === 'all' ? 'everybody' : to.length === 0 ? 'nobody' : to.join(', ');

const usedText = (used: readonly number[]): string =>
  used.length === 0 ? '' : `, from the values of ${used.join(', ')}`;
