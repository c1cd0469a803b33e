/** O24: everything that follows from the config does follow from it. */
import { AlgorithmError } from '../../agreement/algorithm-error.ts';
import { InvariantError } from '../../agreement/invariant.ts';
import { provenContraction } from '../../agreement/proven-contraction.ts';
import { worstCaseRounds } from '../../agreement/worst-case-rounds.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import type { FaultPlan } from '../../faults/fault-plan.ts';
import { planFaults } from '../../faults/plan.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { counted } from '../in-words.ts';
import { breach, conclude, leaveOut, openNotes, unverifiable } from '../notes.ts';
import type { Notes } from '../notes.ts';

const PLAN = { id: 'O24', name: 'config and plan' } as const;

export function configAndPlan(of: Case): OracleResult {
  const { config, plan, command } = of.record;
  if (config === null) return unverifiable(PLAN, 'the config is not known');
  const notes = openNotes();
  checkLimits(notes, of, config);
  checkDigest(notes, of);
  if (plan === null) leaveOut(notes, 'plan.json is damaged or missing');
  else {
    notes.checked += 1;
    const problem = planProblem(config, plan);
    if (problem !== null) breach(notes, problem, { at: 'plan.json' });
  }
  const short = command?.digest?.slice(0, 12) ?? 'unknown';
  const crashes = counted(plan?.crashes.length ?? 0, 'crash', 'crashes');
  const said = `the plan (${crashes}, ${plan?.skipped.length ?? 0} skipped) follows from seed ${config.seed}; config ${short}`;
  return conclude(PLAN, notes, said, { crashes: plan?.crashes.length ?? 0 });
}

/** R and the last round as they follow from inputs, ε and the proven contraction. */
function checkLimits(notes: Notes, { algorithm }: Case, config: RunConfig): void {
  const { nodes, f, epsilon, worstCase, rounds, lastRound, stop, restsAfterOutput } = config;
  notes.checked += 1;
  const isLast = stop === 'rounds' && restsAfterOutput === true;
  if (lastRound !== (isLast ? rounds : rounds + 1)) {
    const expected = isLast ? `rounds = ${rounds}` : `one after rounds = ${rounds}`;
    breach(notes, `resolved.json: lastRound is ${lastRound}, ${expected} is expected`);
  }
  if (algorithm === null) return;
  try {
    const n = nodes.length;
    const proven = provenContraction(algorithm, n, f);
    const inputs = nodes.map(({ input }) => input);
    const expected = proven === null ? null : worstCaseRounds(proven, inputs, epsilon);
    if (expected === worstCase) return;
    breach(
      notes,
      `resolved.json: worstCase is ${worstCase}, but ${expected} follows from inputs and ε`,
    );
  } catch (error) {
    if (!(error instanceof AlgorithmError)) throw error;
    leaveOut(notes, error.message);
  }
}

/** Of all that decides a run; addresses are no part of it. */
function checkDigest(notes: Notes, { record: { command, digest } }: Case): void {
  const given = command?.digest ?? null;
  if (digest === null || given === null) return;
  notes.checked += 1;
  if (given === digest) return;
  const sentence = `resolved.json has the digest ${digest.slice(0, 12)}; the run was started with ${given.slice(0, 12)}`;
  breach(notes, sentence, { at: 'command.json' });
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
