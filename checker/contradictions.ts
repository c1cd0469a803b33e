/**
 * Places where the record does not agree with itself, with the plan, or with the code that must have
 * produced it. A run with one of these is never a pass: something was lost, changed or done wrong.
 */
import { InvariantError } from '../agreement/invariant.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { planFaults } from '../faults/plan.ts';
import { isReliable, isWhole } from './case.ts';
import type { Case } from './case.ts';
import { channelContradictions } from './channels.ts';
import { effectInWords } from './replay.ts';

export const contradictionsOf = (of: Case): string[] => [
  ...of.observation.contradictions,
  ...planContradictions(of),
  ...decisionContradictions(of),
  ...outputContradictions(of),
  ...replayContradictions(of),
  ...channelContradictions(of),
];

function planContradictions({ record, observation }: Case): string[] {
  const { config, plan } = record;
  if (config === null || plan === null) return [];
  const problem = planProblem(config, plan);
  const planned = new Set(plan.crashes.map(({ node }) => node));
  const wild = [...observation.crashes.keys()].filter((node) => !planned.has(node));
  return [
    ...(problem === null ? [] : [problem]),
    ...wild.map((node) => `node ${node} crashed on purpose, but the plan does not say so`),
  ];
}

/** The plan is a pure function of the config, so anybody can work it out again. */
function planProblem(
  { nodes, f, lastRound, seed, faults }: RunConfig,
  plan: FaultPlan,
): string | null {
  try {
    const expected = planFaults({ n: nodes.length, f, lastRound, seed, faults });
    if (JSON.stringify(expected) === JSON.stringify(plan)) return null;
    return 'plan.json is not the plan that follows from resolved.json';
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    return `no plan follows from resolved.json: ${error.message}`;
  }
}

/** Only with the master's finish record: a master that was killed may have lost its last lines. */
function decisionContradictions({ record, observation, decision }: Case): string[] {
  const { decide, finish } = observation;
  const { config, master } = record;
  const isComparable = config?.stop === 'frozen' && finish !== null && isReliable(record, master);
  if (!isComparable) return [];
  if (decide === null) {
    if (decision === null) return [];
    return [`the master did not decide, although its reports had settled round ${decision.round}`];
  }
  const at = master.events.indexOf(decide);
  if (decision === null || decision.settledAt > at) {
    return [`the master decided round ${decide.round} before its reports had settled any`];
  }
  if (decision.round === decide.round) return [];
  return [`the master decided round ${decide.round}; its reports had settled ${decision.round}`];
}

function outputContradictions({ record, observation }: Case): string[] {
  const { outputs, decide, finish, correct } = observation;
  const { config } = record;
  const round = config?.stop === 'rounds' ? config.rounds : (decide?.round ?? null);
  const isComplete = finish?.outcome === 'complete';
  const found: string[] = [];
  for (const [node, output] of outputs) {
    if (output.round !== round) {
      const right = round === null ? 'no round had been decided' : `the round was ${round}`;
      found.push(`node ${node} output its value of round ${output.round}, but ${right}`);
    }
    if (!isComplete || !correct.includes(node)) continue;
    if (!output.isInOwnFile) found.push(`node ${node}'s own file lacks its output`);
    if (!output.isAtMaster) found.push(`the master's file lacks the output of node ${node}`);
  }
  return found;
}

function replayContradictions({ record, observation, replays }: Case): string[] {
  const found: string[] = [];
  for (const [node, { difference, due }] of replays) {
    if (difference !== null) {
      found.push(difference);
      continue;
    }
    const file = record.nodes.get(node);
    const isClosed = file?.events.some(({ kind }) => kind === 'finish') === true;
    const isEnd = file !== undefined && isWhole(record, file) && isClosed;
    if (due === null || !isEnd || observation.faulty.has(node)) continue;
    found.push(`${file.file} ends without the ${effectInWords(due)} that must follow`);
  }
  return found;
}
