/** What resolved.json, plan.json and command.json must look like to be believed. */
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Clog, LinkFaults, Loss, ProcessFaults } from '../faults/settings.ts';
import * as check from './field-check.ts';
import type { FieldCheck } from './field-check.ts';
import type { Environment, RunCommand } from './run-command.ts';

/** A check for every field of `Type`, or it does not compile. */
type ShapeOf<Type> = { readonly [Field in keyof Type]-?: FieldCheck };

const { node, round, positive, finite, count, atLeastOne } = check;
const nodes = check.listOf(node);
const crashMode = check.oneOf('announce', 'silent');
const milliseconds = check.orNull(finite);

const hold = check.shaped({
  from: node,
  to: node,
  firstRound: round,
  lastRound: round,
  untilMs: milliseconds,
});

const extent = check.either(check.shaped({ after: count }), check.shaped({ reaching: nodes }));

const delays: readonly FieldCheck[] = [
  check.shaped({ kind: check.oneOf('uniform'), minMs: finite, maxMs: finite }),
  check.shaped({ kind: check.oneOf('constant'), delayMs: finite }),
  check.shaped({ kind: check.oneOf('exponential'), minMs: finite, meanMs: finite, capMs: finite }),
  check.shaped({ kind: check.oneOf('lognormal'), medianMs: finite, sigma: finite, capMs: finite }),
  check.shaped({ kind: check.oneOf('pareto'), minMs: finite, alpha: finite, capMs: finite }),
];

const delay = delays.reduce(check.either);
const period = { fromMs: finite, untilMs: milliseconds };
const slowed = check.either(check.shaped({ factor: positive }), check.shaped({ plus: delay }));

const linkFaults = {
  timedHolds: check.orAbsent(check.listOf(check.shaped({ ...period, from: node, to: node }))),
  partitions: check.orAbsent(check.listOf(check.shaped({ ...period, sets: check.listOf(nodes) }))),
  slow: check.orAbsent(check.listOf(check.shaped({ node, by: slowed }))),
  loss: check.orAbsent(
    check.shaped({
      probability: finite,
      rtoMs: positive,
      capMs: finite,
      burst: check.orAbsent(finite),
    } satisfies ShapeOf<Loss>),
  ),
  duplicate: check.orAbsent(finite),
  clog: check.orAbsent(
    check.shaped({ everyMs: atLeastOne, forMs: atLeastOne, capMs: finite } satisfies ShapeOf<Clog>),
  ),
} satisfies ShapeOf<LinkFaults>;

const processFaults = {
  kills: check.orAbsent(check.listOf(check.shaped({ node, atMs: finite }))),
  pauses: check.orAbsent(check.listOf(check.shaped({ ...period, node }))),
} satisfies ShapeOf<ProcessFaults>;

const faults = check.shaped({
  crash: check.shaped({
    probability: finite,
    per: check.oneOf('send', 'round', 'round-end'),
  }),
  crashMode,
  candidates: nodes,
  scriptedCrashes: check.listOf(check.shaped({ node, round, extent })),
  holds: check.listOf(hold),
  uses: check.orAbsent(
    check.listOf(check.shaped({ nodes, firstRound: round, lastRound: round, from: nodes })),
  ),
  delay,
  order: check.oneOf('fifo', 'any'),
  ...linkFaults,
  ...processFaults,
} satisfies ShapeOf<RunConfig['faults']>);

const address = { host: check.text, port: count };

export const configShape = {
  version: check.oneOf(1),
  name: check.text,
  algorithm: check.text,
  algorithmHash: check.orNull(check.text),
  epsilon: positive,
  f: count,
  seed: check.wholeNumber,
  seedFrom: check.oneOf('config', 'flag', 'file content', 'random'),
  stop: check.oneOf('frozen', 'rounds'),
  worstCase: check.orNull(round),
  rounds: round,
  lastRound: round,
  restsAfterOutput: check.orAbsent(check.flag),
  faults,
  timeLimitMs: finite,
  patienceMs: finite,
  tls: check.orAbsent(check.flag),
  keepAliveMs: check.orAbsent(finite),
  unsound: check.flag,
  master: check.shaped(address),
  nodes: check.listOf(check.shaped({ ...address, id: node, input: check.value })),
} satisfies ShapeOf<RunConfig>;

const crash = check.shaped({
  node,
  origin: check.oneOf('scripted', 'drawn'),
  round,
  reached: nodes,
} satisfies ShapeOf<FaultPlan['crashes'][number]>);

export const planShape = {
  version: check.oneOf(1),
  seed: check.wholeNumber,
  n: count,
  f: count,
  lastRound: round,
  crashMode,
  crashes: check.listOf(crash),
  skipped: check.listOf(crash),
  holds: check.listOf(hold),
  ...linkFaults,
  ...processFaults,
} satisfies ShapeOf<FaultPlan>;

export const commandShape = {
  version: check.oneOf(1),
  command: check.orAbsent(check.oneOf('simulate')),
  file: check.text,
  flags: check.listOf(check.text),
  digest: check.orNull(check.text),
  environment: check.shaped({
    node: check.text,
    platform: check.text,
    cpus: count,
  } satisfies ShapeOf<Environment>),
} satisfies ShapeOf<RunCommand>;

/** Shapes say nothing about how fields belong together; these do. Null: all well. */
export function configProblem(config: RunConfig): string | null {
  const misplaced = config.nodes.findIndex(({ id }, index) => id !== index + 1);
  if (misplaced >= 0) return `node ${misplaced + 1} is not at its place in the list`;
  if (config.nodes.length === 0) return 'there are no nodes';
  if (config.f >= config.nodes.length) return `f is ${config.f} of ${config.nodes.length} nodes`;
  return config.rounds <= config.lastRound ? null : 'rounds is past lastRound';
}
