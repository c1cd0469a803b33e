/** Found schedules for people: who uses whom in which round, and what comes of it. */
import { MASTER } from '../../agreement/algorithm.ts';
import { show, spreadAfter } from './judge.ts';
import type { Order } from './master-rules.ts';
import type { Played } from './play.ts';
import type { ReceiveSets } from './receive-sets.ts';
import type { Schedule } from './schedule.ts';
import { spansOf } from './spans.ts';
import type { World } from './world.ts';

/** A schedule of receive sets, round by round. `world`: where it has led the real participants. */
export function roundsTranscript(world: World, sets: ReceiveSets): string[] {
  const spread = (round: number) => show(spreadAfter(world, round));
  const start = grouped(world, 0, () => '').map(([who, , value]) => `${who}: ${value}`);
  return [
    `start     ${start.join(', ')}`,
    ...sets.flatMap((ofRound, index) => {
      const uses = (id: number) => spansOf([id, ...(ofRound[id - 1] ?? [])]);
      return [
        `round ${index + 1}   spread ${spread(index)} → ${spread(index + 1)}`,
        ...grouped(world, index + 1, uses).map(
          ([who, set, value]) => `  ${who.padEnd(12)} ${`from ${set}`.padEnd(16)} ${value}`,
        ),
      ];
    }),
  ];
}

/** Nodes that used the same and hold the same share an item: [who, used set, value]. */
function grouped(
  { nodes }: World,
  round: number,
  setOf: (id: number) => string,
): [string, string, string][] {
  const groups = new Map<string, number[]>();
  for (const { id, values } of nodes) {
    const key = `${setOf(id)}:${show(values[round] ?? NaN)}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return Array.from(groups, ([key, ids]) => {
    const [set = '', value = ''] = key.split(':');
    return [`${ids.length === 1 ? 'node' : 'nodes'} ${spansOf(ids)}`, set, value];
  });
}

/** Any schedule, one line per delivery. */
export function stepsTranscript(
  schedule: Schedule,
  played: readonly Played[],
  orderedAtStart: Order | null,
): string[] {
  const inputs = schedule.inputs.map((input, index) => `node ${index + 1}: ${show(input)}`);
  const crashes = schedule.crashes.map(({ node, round, reaching }) => {
    const who = reaching.length === 0 ? 'nobody gets it' : `only ${spansOf(reaching)} may get it`;
    return `          node ${node} dies in its multicast of round ${round}: ${who}`;
  });
  const width = String(played.length).length;
  const steps = played.flatMap((step, index) => [
    `${String(index + 1).padStart(width)}. ${stepLine(step)}`,
    ...orderLines(step.ordered),
  ]);
  return [`start     ${inputs.join(', ')}`, ...crashes, ...orderLines(orderedAtStart), ...steps];
}

function orderLines(order: Order | null): string[] {
  if (order === null) return [];
  const what = order === 'current' ? 'what they have' : `their value of round ${order}`;
  return [`          the master orders all to output ${what}`];
}

function stepLine({ from, to, message, reports, output }: Played): string {
  const moves = reports.map(({ round, value }) => `ends round ${round - 1} with ${show(value)}`);
  const outputs = output === null ? [] : [`outputs ${show(output)}`];
  const what =
    from === MASTER || typeof message !== 'object'
      ? 'the order'
      : `${show(message.value)} of round ${message.round} from node ${from}`;
  return [`node ${to} gets ${what}`, ...moves, ...outputs].join(', ');
}
