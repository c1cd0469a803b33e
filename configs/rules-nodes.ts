/** Rules over all node lines: how many, which ids, which addresses. */
import { placeText, problemAt, quoted } from './config-error.ts';
import type { Place, Problem } from './config-error.ts';
import type { Draft } from './draft.ts';
import { NODES_MAX } from './limits.ts';
import type { DraftNode } from './resize.ts';

export const nodeRules = [checkCount, checkRepeatedIds, checkGaps, checkAddresses] as const;

function checkCount({ file, settings, said }: Draft): Problem[] {
  const count = settings.node.length;
  const place = { file, line: null };
  if (!said.has('node')) {
    const remedy = 'add lines like "node 1 0.10 127.0.0.1 9001"';
    return [problemAt(place, 'there is no node', 'at least 1 node line', remedy)];
  }
  if (count <= NODES_MAX) return [];
  const remedy = 'use fewer nodes';
  return [problemAt(place, `there are ${count} nodes`, `at most ${NODES_MAX}`, remedy)];
}

function checkRepeatedIds({ settings }: Draft): Problem[] {
  const firsts = new Map<number, Place>();
  return settings.node.flatMap(({ value: { id }, place }) => {
    if (id === undefined) return [];
    const first = firsts.get(id);
    if (first === undefined) firsts.set(id, place);
    if (first === undefined) return [];
    const what = `node ${id} was there already, at ${placeText(first)}`;
    return [problemAt(place, what, 'each id once', 'renumber one of the two')];
  });
}

/** Looks at the ids themselves, not at `--n`: a gap in the file stays a mistake. */
function checkGaps({ settings }: Draft): Problem[] {
  const known = settings.node.filter(hasId).toSorted((a, b) => a.value.id - b.value.id);
  // A line whose id could not be read may well be the missing one.
  if (known.length < settings.node.length) return [];
  return known.flatMap(({ value: { id }, place }, index) => {
    const before = known[index - 1]?.value.id ?? 0;
    if (id <= before + 1) return [];
    const missing = id === before + 2 ? `node ${id - 1} is` : `nodes ${before + 1}–${id - 1} are`;
    const remedy = `number the nodes from 1 on, or add node ${before + 1}`;
    return [
      problemAt(place, `${missing} missing before node ${id}`, 'ids 1 to n, no gaps', remedy),
    ];
  });
}

const hasId = (node: DraftNode): node is DraftNode & { value: { id: number } } =>
  node.value.id !== undefined;

/** Port 0 is any free port, so it may be used as often as one likes. */
function checkAddresses({ settings, nodes }: Draft): Problem[] {
  const owners = new Map<string, string>();
  const master = settings.master.map(({ value, place }) => ({ value, place, owner: 'the master' }));
  const others = nodes.map(({ value, place }) => ({
    value,
    place,
    owner: `node ${value.id ?? '?'}`,
  }));
  return [...master, ...others].flatMap(({ value: { host, port }, place, owner }) => {
    if (host === undefined || port === undefined || port === 0) return [];
    const address = `${host.toLowerCase()} ${port}`;
    const first = owners.get(address);
    if (first === undefined) owners.set(address, `${owner} (${placeText(place)})`);
    if (first === undefined) return [];
    const what = `${owner} has the address of ${first}: ${quoted(address)}`;
    return [problemAt(place, what, 'an address of its own', 'use another port, or 0')];
  });
}
