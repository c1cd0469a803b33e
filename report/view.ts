/** What all panels work with: the page's data, decoded, with what follows from it. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { PageData, PageNode } from './page-data.ts';
import { decodeMessages } from './messages.ts';
import type { MessageTable } from './messages.ts';

export interface View {
  readonly data: PageData;
  readonly n: number;
  readonly nodes: readonly PageNode[];
  readonly rounds: readonly RoundView[];
  readonly messages: MessageTable;
  readonly epsilon: number | null;
  readonly contraction: number | null;
  /** The round that is output; null: none. */
  readonly deciding: Round | null;
}

export interface RoundView {
  readonly round: Round;
  /** How many nodes' values are known. */
  readonly known: number;
  readonly low: number;
  readonly high: number;
  readonly spread: number;
  /** Spread over that of the round before; null: round 0, or the one before was 0. */
  readonly factor: number | null;
  /** K^r times the spread of the inputs; null: nothing is proven. */
  readonly bound: number | null;
  /** All correct nodes have reached it; else it knows only the fastest. */
  readonly isWhole: boolean;
}

export function viewOf(data: PageData): View {
  const { config, nodes, master, result } = data;
  const n = config?.n ?? Math.max(0, ...nodes.map(({ id }) => id));
  const contraction = config?.contraction ?? null;
  return {
    data,
    n,
    nodes,
    rounds: roundsOf(nodes, contraction),
    messages: decodeMessages(data.messages, n),
    epsilon: config?.epsilon ?? null,
    contraction,
    deciding: result?.rounds.deciding ?? master.decide?.round ?? null,
  };
}

export const isFaulty = ({ crash, death }: PageNode): boolean => crash !== null || death !== null;

/** −1 when nothing of the node is known. */
export const lastRoundOf = ({ values }: PageNode): Round =>
  values.findLastIndex((value) => value !== null);

/** Where a node's life ends in the plots: a planned crash says it, else its last known value. */
export function endOf(node: PageNode): { readonly round: Round; readonly value: number } | null {
  if (!isFaulty(node)) return null;
  const round = node.crash?.round ?? lastRoundOf(node);
  const value = node.values[round];
  return value === null || value === undefined ? null : { round, value };
}

function roundsOf(nodes: readonly PageNode[], contraction: number | null): RoundView[] {
  const correct = nodes.filter((node) => !isFaulty(node));
  const last = Math.max(-1, ...nodes.map(lastRoundOf));
  const rounds: RoundView[] = [];
  for (let round = 0; round <= last; round += 1) {
    const values = nodes.map((node) => node.values[round] ?? null).filter((v) => v !== null);
    if (values.length === 0) continue;
    const low = Math.min(...values);
    const high = Math.max(...values);
    const before = rounds.at(-1);
    const first = rounds[0]?.spread ?? high - low;
    rounds.push({
      round,
      known: values.length,
      low,
      high,
      spread: high - low,
      factor: before === undefined || before.spread === 0 ? null : (high - low) / before.spread,
      bound: contraction === null ? null : contraction ** round * first,
      isWhole: correct.every((node) => (node.values[round] ?? null) !== null),
    });
  }
  return rounds;
}

/** "node 3", for people. */
export const nodeName = (id: NodeId): string => (id === 0 ? 'master' : `node ${id}`);
