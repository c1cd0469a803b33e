/** What somebody at the live page, or a line of the config, may do to a run from outside. */
import type { NodeId } from '../agreement/algorithm.ts';

export type Action =
  /** SIGSTOP, SIGCONT or SIGKILL to the node's OS process. */
  | { readonly kind: 'pause' | 'resume' | 'kill'; readonly node: NodeId }
  /** Messages of `from` wait at `to`, from now on until the release. */
  | { readonly kind: 'hold' | 'release'; readonly from: NodeId; readonly to: NodeId };

const ON_NODE = ['pause', 'resume', 'kill'] as const;
const ON_LINK = ['hold', 'release'] as const;

/** Of something that came from outside; null: it is no action. */
export function parseAction(given: unknown): Action | null {
  const { kind, node, from, to } = Object(given) as Readonly<Record<string, unknown>>;
  const onNode = ON_NODE.find((known) => known === kind);
  if (onNode !== undefined) return isNodeId(node) ? { kind: onNode, node } : null;
  const onLink = ON_LINK.find((known) => known === kind);
  if (onLink === undefined || !isNodeId(from) || !isNodeId(to)) return null;
  return { kind: onLink, from, to };
}

const isNodeId = (given: unknown): given is NodeId =>
  Number.isSafeInteger(given) && Number(given) > 0;
