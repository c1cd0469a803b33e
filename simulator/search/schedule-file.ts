/**
 * A found schedule as the text of a config, so that `simulate` runs it to the same values.
 *
 * Receive sets become `use` lines, which hold in real OS processes too. Any other order becomes holds:
 * the k-th delivery happens k ms after the start, everything else after the last of them. In
 * virtual time that is the order, exactly.
 */
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import { MASTER } from '../../agreement/algorithm.ts';
import { allNodes, quorum } from '../../agreement/resilience.ts';
import type { Outcome } from './play.ts';
import type { ReceiveSets } from './receive-sets.ts';
import type { CrashPoint, Schedule } from './schedule.ts';
import { spanOf, spansOf } from './spans.ts';
import type { NodeHere } from './world.ts';

export interface SavedSchedule {
  /** What the file shows; each a comment line. */
  readonly title: readonly string[];
  /** As a config names it, relative to the file. */
  readonly algorithm: string;
  readonly epsilon: number;
  readonly stop: 'frozen' | 'rounds';
  /** R of the config: at least the schedule's rounds. */
  readonly rounds: Round;
  /** Says that `rounds` is less than what is proven to be enough. */
  readonly isUnsound: boolean;
  readonly schedule: Schedule;
  /** Of playing it. */
  readonly outcome: Outcome;
  /** Where the schedule is one of receive sets, these; else null. */
  readonly sets: ReceiveSets | null;
}

export function configText(saved: SavedSchedule): string {
  const { title, algorithm, epsilon, stop, rounds, isUnsound, schedule } = saved;
  const { f, inputs, crashes } = schedule;
  const n = inputs.length;
  const isBySets = saved.sets?.every((sets) => sets.every((s) => s.length === quorum(n, f) - 1));
  return [
    ...title.map((line) => `# ${line}`.trimEnd()),
    '',
    `algorithm  ${algorithm}`,
    `epsilon    ${epsilon}`,
    `f          ${f}`,
    `rounds     ${rounds}`,
    `stop       ${stop}`,
    ...(isUnsound ? ['unsound    yes'] : []),
    'crash      0',
    ...crashes.map(crashLine),
    '',
    ...(saved.sets !== null && isBySets === true ? useLines(saved.sets) : holdLines(saved)),
    '',
    ...inputs.map((input, index) => `node ${index + 1}  ${input}  127.0.0.1 0`),
    '',
  ].join('\n');
}

const crashLine = ({ node, round, reaching }: CrashPoint): string =>
  reaching.length === 0
    ? `crash      ${node} round ${round} after 0`
    : `crash      ${node} round ${round} reaching ${reaching.join(' ')}`;

/** Nodes with the same sets share a line, and so do the rounds in which a node has the same set. */
function useLines(sets: ReceiveSets): string[] {
  const nodes = allNodes(sets[0]?.length ?? 0);
  const linesOf = (id: NodeId): string[] => {
    const from = sets.map((ofRound) => spansOf([id, ...(ofRound[id - 1] ?? [])]));
    return runsOf(from).map(([first, last, set]) => `rounds ${spanOf(first, last)}  from ${set}`);
  };
  return runsOf(nodes.map((id) => linesOf(id).join('\n'))).flatMap(([first, last, lines]) =>
    lines.split('\n').map((line) => `use  ${spanOf(first + 1, last + 1)}  ${line}`),
  );
}

/**
 * Of the messages that were ever sent, to nodes that outlive their start: a hold on any other would
 * count as a fault that never came.
 */
function holdLines({ outcome: { played, world } }: SavedSchedule): string[] {
  const nodes = world?.nodes ?? [];
  const values = played.filter(({ from }) => from !== MASTER);
  const dueMs = new Map(
    values.map(({ from, to, message }, index) => [
      `${from} ${to} ${typeof message === 'object' ? message.round : ''}`,
      index + 1,
    ]),
  );
  const timesOf = (sender: NodeHere, to: NodeId): string[] =>
    sender.sent
      .filter(({ round }) => sender.crash?.round !== round || sender.crash.reaching.includes(to))
      .map(({ round }) => String(dueMs.get(`${sender.id} ${to} ${round}`) ?? values.length + 1));
  return nodes.flatMap((sender) =>
    nodes
      .filter(({ id, crash }) => id !== sender.id && crash?.round !== 0)
      .flatMap(({ id: to }) =>
        runsOf(timesOf(sender, to)).map(
          ([first, last, ms]) =>
            `hold  ${sender.id} ${to}  rounds ${spanOf(first, last)}  until ${ms}`,
        ),
      ),
  );
}

/** Stretches of equal items: [first index, last index, item]. */
function runsOf(items: readonly string[]): [number, number, string][] {
  const runs: [number, number, string][] = [];
  items.forEach((item, index) => {
    const last = runs.at(-1);
    if (last?.[2] === item) last[1] = index;
    else runs.push([index, index, item]);
  });
  return runs;
}
