/** `--n 8`: the same config with more or fewer nodes, for sweeps. */
import { uniform } from '../faults/draw.ts';
import type { NodeConfig } from './run-config.ts';
import type { Located } from './settings.ts';

export type DraftNode = Located<Partial<NodeConfig>>;

/**
 * The file's nodes 1 to n; nodes beyond the file's get any free port on the host of node 1 and an
 * input drawn from the range of the file's inputs. The draw depends on the id alone, so that node
 * 9 starts with the same value in every run of a sweep, whatever its seed.
 */
export function resizeNodes(nodes: readonly DraftNode[], n: Located<number>): DraftNode[] {
  const inputs = nodes.map(({ value }) => value.input).filter((input) => input !== undefined);
  const host = nodes.find(({ value }) => value.id === 1)?.value.host ?? '127.0.0.1';
  const kept = nodes.filter(({ value }) => value.id === undefined || value.id <= n.value);
  const added = Array.from({ length: Math.max(0, n.value - nodes.length) }, (_, index) => {
    const id = nodes.length + 1 + index;
    const value = { id, input: drawInput(inputs, id), host, port: 0 };
    return { value, place: n.place, from: n.from };
  });
  return [...kept, ...added];
}

function drawInput(inputs: readonly number[], id: number): number {
  const low = inputs.reduce((least, input) => Math.min(least, input), Infinity);
  const high = inputs.reduce((most, input) => Math.max(most, input), -Infinity);
  if (low > high) return 0;
  return Math.min(high, low + uniform(0, 'input', id, 0, 0) * (high - low));
}
