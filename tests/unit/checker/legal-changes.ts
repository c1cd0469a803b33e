/**
 * Changes after which a record is again that of a legal run: nothing in it tells that it happened
 * otherwise. docs/check.md explains each class. Narrow on purpose: whoever widens one takes a tooth.
 */
import type { Line, Mutant } from './mutants.ts';

/** Null: the auditor must notice. */
export function legalClass(mutant: Mutant): string | null {
  return classes.find(({ holds }) => holds(mutant))?.name ?? null;
}

interface LegalClass {
  readonly name: string;
  holds(mutant: Mutant): boolean;
}

const isVirtual = ({ record }: Mutant): boolean => record.master.header?.process === 'simulator';

const classes: readonly LegalClass[] = [
  /** Said for people, or true of any machine; the ids of a header are checked when it is read. */
  {
    name: 'words',
    holds: ({ index, change }) =>
      index < 0
        ? ['node', 'run', 'process', 'id', 'pid'].includes(change)
        : ['cause', 'reason', 'how', 'host', 'port'].includes(change),
  },
  { name: 'cost', holds: ({ change }) => /^(cpu|rss|loop)|\.bytes$/.test(change) },
  /** Still between its neighbours, and with no message early. Virtual time has no gaps. */
  {
    name: 'a time within its gap',
    holds: (mutant) =>
      ['t', 'arrived'].includes(mutant.change) && !isVirtual(mutant) && fits(mutant),
  },
  {
    name: 'same moment, another order',
    holds: (mutant) =>
      mutant.change === 'swapped with the next' &&
      (mutant.before.kind === 'pending' || mutant.before['t'] === nextOf(mutant)?.['t']),
  },
  /** Killed when everything had been said. */
  {
    name: 'the very end of a file',
    holds: (mutant) =>
      mutant.change === 'left out' &&
      !isVirtual(mutant) &&
      ['crash', 'finish', 'statistics', 'exited', 'spawned'].includes(mutant.before.kind) &&
      !(mutant.file === 'master.ndjson' && mutant.before.kind === 'finish'),
  },
  /** A simulated run ends at once when the last output is heard, whatever else that moment brings. */
  {
    name: 'a report at the last moment',
    holds: (mutant) =>
      mutant.change === 'left out' &&
      mutant.before.kind === 'report' &&
      mutant.file === 'master.ndjson' &&
      isVirtual(mutant) &&
      mutant.before['t'] === linesOf(mutant).at(-1)?.['t'],
  },
  /** Nobody else sees how a link ends for one node. */
  {
    name: 'the end of a link',
    holds: (mutant) =>
      mutant.before.kind === 'link' &&
      !isVirtual(mutant) &&
      ['left out', 'direction'].includes(mutant.change),
  },
  {
    name: 'joined twice',
    holds: ({ before, change }) => before.kind === 'registered' && change === 'doubled',
  },
];

export const legalClasses: readonly string[] = classes.map(({ name }) => name);

const linesOf = ({ record, file }: Mutant): readonly Line[] => {
  const files = [record.master, record.launcher, ...record.nodes.values()];
  return (files.find((each) => each.file === file)?.events ?? []) as unknown as readonly Line[];
};

/** The changed record has the two the other way round. */
const nextOf = (mutant: Mutant): Line | undefined => linesOf(mutant)[mutant.index];

function fits(mutant: Mutant): boolean {
  const { index, change, value, before } = mutant;
  const lines = linesOf(mutant);
  const t = change === 't' ? Number(value) : Number(before['t']);
  const arrived = change === 'arrived' ? Number(value) : Number(before['arrived'] ?? -Infinity);
  const earlier = Number(lines[index - 1]?.['t'] ?? -Infinity);
  const later = Number(lines[index + 1]?.['t'] ?? Infinity);
  const due = before.kind === 'receive' ? arrived + Number(before['delay']) : arrived;
  return earlier <= t && t <= later && due <= t;
}
