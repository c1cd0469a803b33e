/**
 * All events of a run as JSON lines, one shape for every process, in an order that respects cause and
 * effect. The first line says what the run was; docs/exports.md has the fields.
 */
import type { RunRecord } from '../../record/read-run.ts';
import { causalOrder, hostName } from './causal-order.ts';
import type { CausalEvent } from './causal-order.ts';

export const JSONL_SCHEMA = 1;

/** Lines with their line ends. */
export function* jsonLines(record: RunRecord): Generator<string> {
  const { config, master, nodes } = record;
  const headers = [master, ...nodes.values()].map(({ header }) => header);
  const first = headers.find((header) => header !== null) ?? null;
  yield line({
    schema: JSONL_SCHEMA,
    kind: 'run',
    run: first?.run ?? null,
    originUs: first?.originUs ?? null,
    name: config?.name ?? null,
    algorithm: config?.algorithm ?? null,
    n: config?.nodes.length ?? nodes.size,
    f: config?.f ?? null,
    epsilon: config?.epsilon ?? null,
    seed: config?.seed ?? null,
  });
  for (const event of causalOrder(record)) yield line(normalised(event, first?.originUs ?? null));
}

/** Fields of the event itself come last and keep the names of docs/record.md. */
function normalised(causal: CausalEvent, originUs: number | null): object {
  const { host, index, lamport, event, cause } = causal;
  const { kind, t, ...fields } = event;
  return {
    process: hostName(host),
    seq: index,
    lamport,
    t,
    wallUs: originUs === null ? null : originUs + t,
    kind,
    ...(messageId(causal) ?? {}),
    ...(cause === null ? {} : { after: `${hostName(cause.host)}/${cause.index}` }),
    ...fields,
  };
}

/** The same at both ends of a message. */
function messageId({ host, event }: CausalEvent): { message: string } | null {
  if (event.kind === 'multicast') return { message: `${host}/${event.round}` };
  if (event.kind === 'receive' || event.kind === 'pending') {
    return { message: `${event.from}/${event.round}` };
  }
  return null;
}

const line = (fields: object): string => `${JSON.stringify(fields)}\n`;
