/**
 * What a process sends within one turn of the event loop leaves together at the turn's end, in one write
 * per connection. A write and what it wakes up on the other side cost more than everything else that a
 * message costs, and a node that is behind ends several rounds in one turn.
 *
 * Nothing waits longer than until the messages that are here already have been looked at.
 */

/** The sending end of a connection. */
export interface Sender {
  /** What waits for the end of the turn, oldest first. */
  waiting: Uint8Array[];
  write(bytes: Uint8Array): void;
}

export interface Outbox {
  /** Puts a frame behind what waits for this connection already. */
  add(to: Sender, frame: Uint8Array): void;
  /** Hands over what waits, now and not at the end of the turn. */
  readonly flush: () => void;
}

/**
 * `beforeSending` runs once before anything of a turn leaves: what has to be on record first gets
 * there in one write as well.
 */
export function createOutbox(beforeSending: () => void = () => undefined): Outbox {
  let senders: Sender[] = [];
  let isScheduled = false;
  const flush = (): void => {
    if (senders.length === 0) return;
    beforeSending();
    const ready = senders;
    senders = [];
    writeAll(ready);
  };
  const flushLate = (): void => {
    isScheduled = false;
    flush();
  };
  return {
    add(to, frame) {
      if (to.waiting.push(frame) === 1) senders.push(to);
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(flushLate);
    },
    flush,
  };
}

/** The copies of a multicast are the same frames for everybody: joined once, not once per peer. */
function writeAll(senders: readonly Sender[]): void {
  let frames: readonly Uint8Array[] = [];
  let bytes: Uint8Array = new Uint8Array();
  for (const sender of senders) {
    const { waiting } = sender;
    sender.waiting = [];
    if (!areSame(waiting, frames)) {
      frames = waiting;
      bytes = joined(waiting);
    }
    sender.write(bytes);
  }
}

/** From the end: of two lists the last frames differ most likely. */
function areSame(some: readonly Uint8Array[], others: readonly Uint8Array[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = some.length - 1; at >= 0; at -= 1) if (some[at] !== others[at]) return false;
  return true;
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const [only] = frames;
  return only !== undefined && frames.length === 1 ? only : Buffer.concat(frames);
}
