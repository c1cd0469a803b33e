/** Rules over algorithm, n, f, ε and rounds: can this run agree at all, and in how many rounds? */
import { algorithms } from '../agreement/algorithms.ts';
import { isResilient, largestF, smallestN } from '../agreement/resilience.ts';
import { ROUNDS_MAX, smallestEpsilon, worstCaseRounds } from '../agreement/worst-case-rounds.ts';
import { problemAt, quoted } from './config-error.ts';
import type { Place, Problem } from './config-error.ts';
import { agreementTerms, knownInputs } from './draft.ts';
import type { Draft } from './draft.ts';
import { nearest } from './nearest.ts';
import { isPath } from './own-algorithm.ts';

export const roundRules = [
  checkAlgorithm,
  checkFGiven,
  checkResilience,
  checkEpsilon,
  checkWorstCase,
  checkRoundsGiven,
  checkStopRounds,
] as const;

function checkAlgorithm(draft: Draft): Problem[] {
  return draft.settings.algorithm.flatMap(({ value, place }) => {
    if (algorithms.has(value)) return [];
    if (isPath(value)) return checkOwnAlgorithm(draft, value, place);
    const names = [...algorithms.keys()];
    const close = nearest(value, names);
    const remedy =
      close === null
        ? 'use one of these, or a file of your own like ./my-rule.ts'
        : `did you mean ${quoted(close)}?`;
    return [problemAt(place, `unknown algorithm ${quoted(value)}`, names.join(', '), remedy)];
  });
}

function checkOwnAlgorithm({ own, algorithm }: Draft, path: string, place: Place): Problem[] {
  if (algorithm !== null) return [];
  if (own !== null && 'what' in own) {
    return [problemAt(place, `algorithm ${path}: ${own.what}`, own.expected, own.remedy)];
  }
  const what = `algorithm ${path} has not been loaded`;
  const names = [...algorithms.keys()].join(', ');
  return [problemAt(place, what, names, 'only a command that runs it can load a file')];
}

function checkFGiven({ file, said, nodes }: Draft): Problem[] {
  if (said.has('f')) return [];
  const remedy = `add a line like "f ${Math.max(0, Math.ceil(nodes.length / 2) - 1)}"`;
  const place = { file, line: null };
  return [problemAt(place, 'f is missing', 'how many nodes may fail', remedy)];
}

function checkResilience({ settings, nodes, algorithm }: Draft): Problem[] {
  const [f] = settings.f;
  const resilience = algorithm?.resilience;
  const n = nodes.length;
  if (f === undefined || resilience === undefined || n === 0) return [];
  if (isResilient(resilience, n, f.value)) return [];
  const legal = `at least ${smallestN(resilience, f.value)} nodes for f = ${f.value}, or f at most ${largestF(resilience, n)} for n = ${n}`;
  if (f.value >= n) {
    // n − f values is what a node waits for: unsound or not, there must be one.
    const what = `f = ${f.value} is not below n = ${n}`;
    return [problemAt(f.place, what, legal, 'add nodes or lower f')];
  }
  if (settings.unsound[0]?.value !== 'no') return [];
  const what = `n = ${n} is too small for f = ${f.value} (${resilience.model} faults: n > ${resilience.factor}f)`;
  const remedy = 'add nodes, lower f, or say "unsound yes" to watch it fail';
  return [problemAt(f.place, what, legal, remedy)];
}

function checkEpsilon(draft: Draft): Problem[] {
  const terms = agreementTerms(draft);
  const inputs = knownInputs(draft);
  const [epsilon] = draft.settings.epsilon;
  if (terms === null || epsilon === undefined || inputs.length === 0) return [];
  const smallest = smallestEpsilon(terms.contraction, inputs);
  if (epsilon.value >= smallest) return [];
  const what = `epsilon ${epsilon.value} is below what doubles of this size can reach`;
  const remedy = 'use a larger epsilon or smaller inputs';
  return [problemAt(epsilon.place, what, `at least ${smallest}`, remedy)];
}

function checkWorstCase(draft: Draft): Problem[] {
  const terms = agreementTerms(draft);
  const inputs = knownInputs(draft);
  const [epsilon] = draft.settings.epsilon;
  if (terms === null || terms.contraction === null) return [];
  if (epsilon === undefined || inputs.length === 0) return [];
  if (worstCaseRounds(terms.contraction, inputs, terms.epsilon) !== null) return [];
  const what = `the worst case takes more than ${ROUNDS_MAX} rounds`;
  const remedy = 'use a larger epsilon, a smaller f, or midpoint or select';
  return [problemAt(epsilon.place, what, `at most ${ROUNDS_MAX} rounds`, remedy)];
}

function checkRoundsGiven(draft: Draft): Problem[] {
  const terms = agreementTerms(draft);
  const [algorithm] = draft.settings.algorithm;
  if (terms === null || terms.contraction !== null || draft.said.has('rounds')) return [];
  // Whoever is told to add nodes need not be told to add rounds.
  if (terms.f >= terms.n || checkResilience(draft).length > 0) return [];
  const what = `nothing is proven about ${algorithm?.value ?? ''} with n = ${terms.n}, f = ${terms.f}`;
  const place = { file: draft.file, line: null };
  const orProof = draft.own === null ? '' : ', or a contraction to your file';
  return [problemAt(place, what, 'a number of rounds', `add a line like "rounds 40"${orProof}`)];
}

/** Fewer rounds than proven may break ε-agreement, and nobody but the config would be to blame. */
function checkStopRounds({ settings, limits }: Draft): Problem[] {
  const { stop, rounds, unsound } = settings;
  if (stop[0]?.value !== 'rounds' || unsound[0]?.value !== 'no') return [];
  if (limits === null || limits.worstCase === null || rounds[0] === undefined) return [];
  const enough = limits.worstCase + 1;
  if (limits.rounds >= enough) return [];
  const what = `stop rounds after ${limits.rounds} rounds, but the worst case needs ${enough}`;
  const remedy = 'raise rounds, leave the line out, or say "unsound yes"';
  return [problemAt(rounds[0].place, what, `at least ${enough} rounds`, remedy)];
}
