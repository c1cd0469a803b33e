/**
 * Two runs beside each other, step by logical step: by round and node, not by the clock. With the same
 * config and seed they have the same crashes and delays, so the first step in which they part shows
 * where the order of messages made the difference.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type {
  Comparison,
  Difference,
  PageConfig,
  PageData,
  PageNode,
  RoundComparison,
} from './page-data.ts';

export function compareRuns(left: PageData, right: PageData): Comparison {
  const pairs = pairNodes(left, right);
  const last = Math.max(-1, ...pairs.flatMap(({ a, b }) => [lastRound(a), lastRound(b)]));
  let first: Difference | null = null;
  const rounds: RoundComparison[] = [];
  for (let round = 0; round <= last; round += 1) {
    const found = pairs.map((pair) => difference(pair, round));
    first ??= found.find((entry) => entry !== null) ?? null;
    rounds.push(countsOf(pairs, round));
  }
  return {
    first,
    rounds,
    settings: [...otherSettings(left.config, right.config), ...otherConfig(left, right)],
  };
}

interface Pair {
  readonly id: NodeId;
  readonly a: PageNode | null;
  readonly b: PageNode | null;
}

function pairNodes(left: PageData, right: PageData): Pair[] {
  const find = (data: PageData, id: NodeId): PageNode | null =>
    data.nodes.find((node) => node.id === id) ?? null;
  const ids = new Set([...left.nodes, ...right.nodes].map(({ id }) => id));
  return [...ids]
    .sort((one, other) => one - other)
    .map((id) => ({ id, a: find(left, id), b: find(right, id) }));
}

const lastRound = (node: PageNode | null): Round => (node?.values.length ?? 0) - 1;

const valueAt = (node: PageNode | null, round: Round): number | null => node?.values[round] ?? null;

/** Quorums are sets: the order of arrival changes no value. */
function quorumAt(node: PageNode | null, round: Round): string | null {
  const used = node?.used[round] ?? null;
  return used && used.toSorted((one, other) => one - other).join(', ');
}

function difference({ id, a, b }: Pair, round: Round): Difference | null {
  const [valueA, valueB] = [valueAt(a, round), valueAt(b, round)];
  if (valueA === null && valueB === null) return null;
  const at = { round, node: id };
  if (valueA === null || valueB === null) {
    const [has, lacks] = valueA === null ? ['B', 'A'] : ['A', 'B'];
    const sentence = `Node ${id} reached round ${round} in ${has}, but not in ${lacks}.`;
    return { ...at, kind: 'end', sentence };
  }
  if (round === 0) {
    if (valueA === valueB) return null;
    const sentence = `Node ${id} starts with ${valueA} in A and with ${valueB} in B.`;
    return { ...at, kind: 'input', sentence };
  }
  const [quorumA, quorumB] = [quorumAt(a, round), quorumAt(b, round)];
  const values = valueA === valueB ? `Both gave ${valueA}.` : `A got ${valueA}, B got ${valueB}.`;
  if (quorumA !== null && quorumB !== null && quorumA !== quorumB) {
    const sentence =
      `For round ${round}, node ${id} used the values of ${quorumA} in A, ` +
      `but of ${quorumB} in B. ${values}`;
    return { ...at, kind: 'quorum', sentence };
  }
  if (valueA === valueB) return null;
  const sentence = `Node ${id}’s value of round ${round} differs, from the same quorum. ${values}`;
  return { ...at, kind: 'value', sentence };
}

function countsOf(pairs: readonly Pair[], round: Round): RoundComparison {
  let [inBoth, inOne, otherQuorum, otherValue] = [0, 0, 0, 0];
  for (const { a, b } of pairs) {
    const [valueA, valueB] = [valueAt(a, round), valueAt(b, round)];
    if (valueA === null && valueB === null) continue;
    if (valueA === null || valueB === null) {
      inOne += 1;
      continue;
    }
    inBoth += 1;
    if (valueA !== valueB) otherValue += 1;
    const [quorumA, quorumB] = [quorumAt(a, round), quorumAt(b, round)];
    if (quorumA !== null && quorumB !== null && quorumA !== quorumB) otherQuorum += 1;
  }
  return { round, inBoth, inOne, otherQuorum, otherValue };
}

function otherSettings(left: PageConfig | null, right: PageConfig | null): Comparison['settings'] {
  const text = (config: PageConfig | null, name: keyof PageConfig): string =>
    config === null ? 'unknown' : JSON.stringify(config[name]);
  const names = Object.keys(left ?? right ?? {}) as (keyof PageConfig)[];
  return names
    .map((name) => ({ name, left: text(left, name), right: text(right, name) }))
    .filter((setting) => setting.left !== setting.right);
}

/** Not every line of a config is a setting of its own here; the digest covers all that decides a run. */
function otherConfig(left: PageData, right: PageData): Comparison['settings'] {
  const digestOf = ({ result }: PageData): string =>
    result?.identity.digest?.slice(0, DIGEST_SHOWN) ?? 'unknown';
  const digests = { left: digestOf(left), right: digestOf(right) };
  return digests.left === digests.right ? [] : [{ name: 'digest of the config', ...digests }];
}

/** As the summary shows it. */
const DIGEST_SHOWN = 12;
