/**
 * What is known of a run while it goes on: its event files are read as they grow. No process of the run
 * is asked for anything, so none is slowed down by being watched.
 */
import type { NodeId } from '../../agreement/algorithm.ts';
import { MASTER } from '../../agreement/algorithm.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import { masterShapes, nodeShapes } from '../../record/event-shape.ts';
import type { MasterEvent, NodeEvent } from '../../record/events.ts';
import { runFiles } from '../../record/run-directory.ts';
import { tailEvents } from '../../record/tail-events.ts';
import { pageDataFrom } from '../../report/build-page-data.ts';
import type { PageData } from '../../report/page-data.ts';
import {
  collectMasterEvent,
  collectNodeEvent,
  createCollection,
} from '../../report/run-collection.ts';

export interface RunFeed {
  /** Reads what is new. Returns whether there was anything. */
  read(): boolean;
  data(): PageData;
  close(): void;
}

/** Copies of messages on a live page; the report at the end has them all. */
const LIVE_COPIES_MAX = 20_000;

export function createRunFeed(directory: string, config: RunConfig): RunFeed {
  const collection = createCollection(config);
  const pathOf = (id: NodeId): string => runFiles.events(directory, id);
  const master = tailEvents<MasterEvent>(pathOf(MASTER), masterShapes);
  const nodes = config.nodes.map(({ id }) => ({
    id,
    tail: tailEvents<NodeEvent>(pathOf(id), nodeShapes),
  }));
  return {
    read() {
      const led = master.read();
      for (const event of led) collectMasterEvent(collection, event);
      let count = led.length;
      for (const { id, tail } of nodes) {
        const events = tail.read();
        for (const event of events) collectNodeEvent(collection, id, event);
        count += events.length;
      }
      return count > 0;
    },
    data: () => pageDataFrom(collection, null, LIVE_COPIES_MAX),
    close() {
      master.close();
      for (const { tail } of nodes) tail.close();
    },
  };
}
