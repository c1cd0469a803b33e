/**
 * The four properties, each proved, violated or unverifiable, with its numbers and its witness.
 *
 * proved: the record shows it. violated: the record shows the contrary, and the property's
 * assumptions held (validity needs none; ε-agreement needs at most f faults and a large enough n;
 * termination needs that somebody could have acted and did not). Everything else is unverifiable.
 */
import type { NodeId } from '../agreement/algorithm.ts';
import {
  epsilonAgreement,
  faultBound,
  hullOf,
  termination,
  validity,
} from '../agreement/properties.ts';
import type { NodeValue } from '../agreement/properties.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type {
  AgreementResult,
  FaultBoundResult,
  Properties,
  PropertyState,
  TerminationResult,
  ValidityResult,
} from '../record/result.ts';
import { isSound, isWhole } from './case.ts';
import type { Case } from './case.ts';
import { idleWitness } from './idle.ts';
import { counted, nodesInWords } from './in-words.ts';
import { isClear } from './observe.ts';

export function judgeProperties(of: Case): Properties {
  return {
    validity: judgeValidity(of),
    agreement: judgeAgreement(of),
    termination: judgeTermination(of),
    faultBound: judgeFaultBound(of),
  };
}

/** As people read them: validity first. */
export const inOrder = ({ validity, agreement, termination, faultBound }: Properties) => [
  validity,
  agreement,
  termination,
  faultBound,
];

/** A value with the place where the record has it. */
interface Sighting extends NodeValue {
  readonly at: string;
}

/** Every value of every node and round is looked at, not only the outputs: none may leave the hull. */
function judgeValidity({ record, observation }: Case): ValidityResult {
  const { config } = record;
  const sightings = sightingsOf(observation);
  const inputs = config?.nodes.map(({ id, input }) => ({ node: id, value: input })) ?? [];
  const hull = hullOf(inputs);
  const checked = sightings.length;
  if (hull === null) {
    const nothing = { low: null, high: null, margin: null, checked: 0, witness: null };
    return { state: 'unverifiable', sentence: 'the inputs are not known', ...nothing };
  }
  const { holds, margin, witness } = validity(hull, sightings);
  const [low, high] = [hull.low.value, hull.high.value];
  const range = `the range of the inputs, ${low} to ${high}`;
  const numbers = { low, high, margin: Number.isFinite(margin) ? margin : null, checked };
  const at = sightings.find((sighting) => sighting === witness)?.at ?? '';
  if (witness !== null && !holds) {
    const { node, value } = witness;
    const sentence = `node ${node} held ${value} (${at}), outside ${range}`;
    return { state: 'violated', sentence, ...numbers, witness: { node, value, at } };
  }
  const state = isEveryOutputClear(observation) ? 'proved' : 'unverifiable';
  const sentence = `all ${counted(checked, 'known value')} lie in ${range}`;
  return { state, sentence, ...numbers, witness: null };
}

function sightingsOf({ known, outputs }: Case['observation']): Sighting[] {
  const sightings: Sighting[] = [];
  for (const [node, rounds] of known.byNode) {
    for (const { value, source, isDisputed } of rounds.values()) {
      if (!isDisputed) sightings.push({ node, value, at: source });
    }
  }
  for (const [node, output] of outputs) {
    // An output that differs from its report is no known value of a round: it is looked at here.
    if (isClear(output) && !output.isAsReported) {
      sightings.push({ node, value: output.value, at: 'its output' });
    }
  }
  return sightings;
}

/** Every correct node has exactly one output, and all that saw it saw the same. */
const isEveryOutputClear = ({ correct, outputs }: Case['observation']): boolean =>
  correct.every((node) => {
    const output = outputs.get(node);
    return output !== undefined && isClear(output);
  });

function judgeAgreement({ record, observation }: Case): AgreementResult {
  const { config } = record;
  if (config === null) {
    const nothing = { epsilon: null, spread: null, ratio: null, witness: null };
    return { state: 'unverifiable', sentence: 'ε is not known', ...nothing };
  }
  const { epsilon } = config;
  const outputs = clearOutputs(observation);
  const { holds, witness, ...distances } = epsilonAgreement(outputs, epsilon);
  const { spread } = distances;
  // Without an output there is nothing whose distance could be told.
  const told = outputs.length === 0 ? { spread: null, ratio: null } : distances;
  const numbers = { epsilon, ...told, witness };
  const distance = `${spread} apart; ε is ${epsilon}`;
  if (holds) {
    const state = isEveryOutputClear(observation) ? 'proved' : 'unverifiable';
    return { state, sentence: agreeing(state, outputs.length, distance), ...numbers };
  }
  const pair = witness === null ? [] : [witness.low.node, witness.high.node];
  const sentence = `the outputs of ${nodesInWords(pair)} are ${distance}`;
  const excuse = agreementExcuse(config, record, observation);
  const state = excuse === null ? 'violated' : 'unverifiable';
  return { state, sentence: excuse === null ? sentence : `${sentence}; ${excuse}`, ...numbers };
}

function agreeing(state: PropertyState, outputs: number, distance: string): string {
  if (outputs === 0) return 'no output of a correct node is known';
  return `${state === 'proved' ? 'the outputs' : `the ${outputs} known outputs`} are at most ${distance}`;
}

/** Which assumption of ε-agreement did not hold, or is not known to have held; null: all held. */
function agreementExcuse(
  config: RunConfig,
  record: Case['record'],
  { finish, faulty }: Case['observation'],
): string | null {
  if (finish === null || !isWhole(record, record.master)) {
    return "without the master's whole record it is not known who was correct";
  }
  if (faulty.size > config.f) return `${faulty.size} nodes failed, at most f = ${config.f} may`;
  return isSound(config) ? null : `n = ${config.nodes.length} is too small for f = ${config.f}`;
}

function clearOutputs({ correct, outputs }: Case['observation']): NodeValue[] {
  return correct.flatMap((node) => {
    const output = outputs.get(node);
    return output !== undefined && isClear(output) ? [{ node, value: output.value }] : [];
  });
}

function judgeTermination(of: Case): TerminationResult {
  const { correct, outputs } = of.observation;
  const { holds, done, of: all, missing } = termination(correct, (node) => outputs.has(node));
  const count = `${done} of ${counted(all, 'correct node')} did output`;
  const numbers = { done, of: all, missing };
  if (holds) {
    const state = all > 0 ? 'proved' : 'unverifiable';
    return { state, sentence: count, ...numbers, witness: null };
  }
  const witness = idleWitness(of, missing);
  const without = `${count}, not ${nodesInWords(missing)}`;
  const state = witness === null ? 'unverifiable' : 'violated';
  const sentence = witness === null ? without : `${without}: ${witness}`;
  return { state, sentence, ...numbers, witness };
}

/**
 * More than f deaths break the assumption, not the promise, unless the injector itself caused them:
 * it promises never to exceed f.
 */
function judgeFaultBound({ record, observation }: Case): FaultBoundResult {
  const { config } = record;
  const faulty = [...observation.faulty].sort((one, other) => one - other);
  const injected = injectedIn(observation).size;
  const f = config?.f ?? null;
  const named = faulty.length === 0 ? '' : ` (${nodesInWords(faulty)})`;
  const numbers = { count: faulty.length, injected, f, faulty };
  if (f === null) {
    return { state: 'unverifiable', sentence: `${faulty.length} failed${named}`, ...numbers };
  }
  const sentence = `${faulty.length} of at most f = ${f} nodes failed${named}`;
  return { state: faultBoundState(record, observation, f), sentence, ...numbers };
}

/** By a planned crash, or killed by the script. */
function injectedIn({ crashes, kills, faulty }: Case['observation']): ReadonlySet<NodeId> {
  const killed = [...kills.values()].filter(({ origin }) => origin === 'scripted');
  return new Set([
    ...crashes.keys(),
    ...killed.map(({ node }) => node).filter((node) => faulty.has(node)),
  ]);
}

function faultBoundState(
  record: Case['record'],
  observation: Case['observation'],
  f: number,
): PropertyState {
  const { faulty, finish } = observation;
  if (!faultBound(injectedIn(observation), f).holds) return 'violated';
  const knowsDeaths = finish !== null && isWhole(record, record.master);
  return knowsDeaths && faultBound(faulty, f).holds ? 'proved' : 'unverifiable';
}
