/** From a record, or from what is known of a run so far, to what its page shows. */
import { deedsOf, lineOf } from '../checker/actions.ts';
import type { MasterEvent } from '../record/events.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { Result } from '../record/result.ts';
import { pageConfig } from './page-config.ts';
import { PAGE_SCHEMA } from './page-data.ts';
import type { PageAction, PageData, PageNode } from './page-data.ts';
import { COPIES_MAX, encodeMessages } from './page-messages.ts';
import { collectMasterEvent, collectNodeEvent, createCollection } from './run-collection.ts';
import type { CollectedNode, Collection } from './run-collection.ts';

/**
 * Of a record at rest. `result`: what `judge` says about it. `copiesMax`: how many copies of messages
 * it may have; whole rounds of more are left out and counted.
 */
export function pageDataOf(
  record: RunRecord,
  result: Result | null,
  copiesMax = COPIES_MAX,
): PageData {
  const collection = createCollection(record.config);
  record.master.events.forEach((event) => {
    collectMasterEvent(collection, event);
  });
  for (const [id, { events }] of record.nodes) {
    events.forEach((event) => {
      collectNodeEvent(collection, id, event);
    });
  }
  return pageDataFrom(collection, result, copiesMax);
}

/** Of everything that has been collected so far. May be called again after further events. */
export function pageDataFrom(
  collection: Collection,
  result: Result | null,
  copiesMax = COPIES_MAX,
): PageData {
  const { config, originToStartUs, decide, finish } = collection;
  const origin = originToStartUs ?? 0;
  const nodes = [...collection.nodes.values()]
    .sort((one, other) => one.id - other.id)
    .map((node) => pageNode(node, origin));
  return {
    version: PAGE_SCHEMA,
    result,
    config: pageConfig(config, result),
    nodes,
    messages: encodeMessages(collection, origin, copiesMax),
    processes: [...collection.processes.values()].sort((one, other) => one.id - other.id),
    master: {
      originToStartUs,
      joined: collection.registered.size,
      ready: collection.ready.size,
      actions: actionsOf(collection.acts, origin),
      decide: decide && { round: decide.round, t: decide.t - origin },
      finish: finish && { outcome: finish.outcome, reason: finish.reason, t: finish.t - origin },
    },
  };
}

function actionsOf(acts: readonly MasterEvent[], origin: number): PageAction[] {
  return deedsOf(acts).map((deed) => ({
    kind: deed.kind,
    node: deed.node,
    from: deed.from,
    origin: deed.origin,
    t: deed.fromUs - origin,
    until: deed.untilUs === null ? null : deed.untilUs - origin,
    line: lineOf(deed, origin).join(' '),
  }));
}

function pageNode(node: CollectedNode, origin: number): PageNode {
  const { id, values, entered, used, crash, death, output, lastT } = node;
  return {
    id,
    values: filled(values),
    entered: filled(entered).map((t) => (t === null ? null : t - origin)),
    used: filled(used),
    crash: crash && { ...crash, t: crash.t - origin },
    death: death && { ...death, t: death.t - origin },
    output: output && { ...output, t: output.t - origin },
    lastT: lastT === null ? null : lastT - origin,
  };
}

/** Without holes: JSON has none. */
const filled = <T>(sparse: readonly (T | undefined)[]): (T | null)[] =>
  Array.from(sparse, (entry) => entry ?? null);
