/** What a config does to links and OS processes, before it is run: a sentence per line of it. */
import type {
  Clog,
  LinkFaults,
  Loss,
  Period,
  ProcessFaults,
  SlowNode,
} from '../faults/settings.ts';
import { distributionInWords } from './delay-words.ts';
import { short } from './numbers.ts';

export function linksInWords(faults: LinkFaults): string[] {
  const { timedHolds = [], partitions = [], slow = [], loss, duplicate, clog } = faults;
  return [
    ...timedHolds.map((hold) => `the link from ${hold.from} to ${hold.to} is held ${when(hold)}`),
    ...partitions.map(
      (partition) => `partition ${partition.sets.map(ids).join(' | ')} ${when(partition)}`,
    ),
    ...slow.map(slowInWords),
    ...(loss === undefined ? [] : [lossInWords(loss)]),
    ...(duplicate === undefined ? [] : [`${percent(duplicate)} of the messages come twice`]),
    ...(clog === undefined ? [] : [clogInWords(clog)]),
  ];
}

export const processesInWords = ({ kills = [], pauses = [] }: ProcessFaults): string[] => [
  ...kills.map(({ node, atMs }) => `node ${node} is killed at ${atMs} ms (scripted)`),
  ...pauses.map((pause) => `node ${pause.node} is paused ${when(pause)}`),
];

const when = ({ fromMs, untilMs }: Period): string =>
  `from ${fromMs} ms ${untilMs === null ? 'for ever' : `until ${untilMs} ms`}`;

const ids = (set: readonly number[]): string => set.join(' ');

function slowInWords({ node, by }: SlowNode): string {
  const how =
    'factor' in by ? `${by.factor} times as long` : `longer: ${distributionInWords(by.plus)}`;
  return `node ${node} is slow: each message from and to it waits ${how}`;
}

/** Of all first attempts p / (1 − b + p) are lost: the chain's stationary share. */
function lossInWords({ probability, rtoMs, capMs, burst = probability }: Loss): string {
  const share = probability === 0 ? 0 : probability / (1 - burst + probability);
  const length = burst < 1 ? `, ${short(1 / (1 - burst))} in a row in the mean` : '';
  return `${percent(share)} of the messages are lost at first${length}; resends wait ${rtoMs} ms, twice that and so on, at most ${capMs} ms in all`;
}

const clogInWords = ({ everyMs, forMs, capMs }: Clog): string =>
  `each link is clogged ${percent(forMs / (everyMs + forMs))} of the time, for ${forMs} ms in the mean and at most ${capMs} ms`;

const percent = (chance: number): string => `${Number((100 * chance).toPrecision(3))} %`;
