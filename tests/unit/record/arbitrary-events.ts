import fc from 'fast-check';
import type { MasterEvent, NodeEvent } from '../../../record/events.ts';

const t = fc.integer({ min: -1_000_000, max: 2 ** 50 });
const node = fc.integer({ min: 1, max: 1000 });
const round = fc.integer({ min: 0, max: 10_000 });
// −0 is turned into 0 at the start of the algorithm and by every update.
const value = fc.double({ noNaN: true, min: -1e300, max: 1e300 }).map((x) => x + 0);
const nodes = fc.array(node, { maxLength: 6 });
const text = fc.string();
const delay = fc.option(fc.integer({ min: 0, max: 2 ** 40 }));
const only = <const Kind extends string>(kind: Kind) => fc.constant(kind);
const traffic = fc.constant({ value: { messages: 3, bytes: 90 } });
const statistics = fc.record({
  kind: only('statistics'),
  t,
  cpuUserUs: t,
  cpuSystemUs: t,
  rssBytesMax: t,
  sent: traffic,
  received: traffic,
});
const refused = fc.record({ kind: only('refused'), t, from: fc.option(node), reason: text });

const onNode = fc.constantFrom('pause' as const, 'resume' as const, 'kill' as const);
const onLink = fc.constantFrom('hold' as const, 'release' as const);
const origin = fc.constantFrom('live' as const, 'scripted' as const);

/** Every kind of event that a node writes, fields in the order of events.ts. */
export const nodeEvent: fc.Arbitrary<NodeEvent> = fc.oneof(
  fc.record({ kind: only('start'), t, input: value }),
  fc.record({
    kind: fc.constantFrom('receive' as const, 'pending' as const),
    t,
    from: node,
    round,
    value,
    arrived: t,
    delay,
  }),
  fc.record({ kind: only('report'), t, round, value, used: nodes }),
  fc.record({ kind: only('multicast'), t, round, value, to: fc.oneof(only('all'), nodes) }),
  fc.record({ kind: only('stop'), t, round }),
  fc.record({ kind: only('output'), t, round, value }),
  fc.record({
    kind: only('crash'),
    t,
    round,
    mode: fc.constantFrom('announce' as const, 'silent' as const),
  }),
  fc.record({ kind: onLink, t, from: node }),
  fc.record({ kind: only('fail'), t, from: node }),
  fc.record({
    kind: only('link'),
    t,
    peer: node,
    direction: fc.constantFrom('in' as const, 'out' as const),
    how: text,
  }),
  refused,
  fc.record({ kind: only('finish'), t, outcome: text }),
  statistics,
  fc.record({ kind: only('abandoned'), t, reason: text }),
);

/** Every kind of event that the master writes. */
export const masterEvent: fc.Arbitrary<MasterEvent> = fc.oneof(
  fc.record({ kind: only('registered'), t, node, host: text, port: node }),
  fc.record({ kind: only('ready'), t, node }),
  fc.record({ kind: only('start'), t }),
  fc.record({ kind: only('report'), t, from: node, round, value }),
  fc.record({ kind: only('fail'), t, from: node }),
  fc.record({ kind: only('death'), t, node, cause: text }),
  fc.record({ kind: onNode, t, node, origin }),
  fc.record({ kind: onLink, t, from: node, to: node, origin }),
  fc.record({ kind: only('link'), t, reporter: node, from: node, to: node }),
  fc.record({ kind: only('decide'), t, round }),
  fc.record({ kind: only('output'), t, from: node, round, value }),
  fc.record({
    kind: only('finish'),
    t,
    outcome: fc.constantFrom('complete' as const, 'time-limit' as const),
    reason: text,
  }),
  refused,
  statistics,
);
