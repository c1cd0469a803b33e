/** O10, O16, O22, O28: what the run was for, and who had to act for it. */
import { isResilient, smallestN } from '../../agreement/resilience.ts';
import type { OracleResult, Properties } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { isClosed, isReliable } from '../case.ts';
import { isAtRest } from '../idle.ts';
import { counted } from '../in-words.ts';
import { breach, conclude, leaveOut, openNotes, unverifiable } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { canReadMaster, leaveOutUnreadable } from '../unreadable.ts';

const OUTPUTS = { id: 'O10', name: 'outputs' } as const;

/** Exactly one of each correct node, the value it had reported, within ε of the others. */
export function outputs(of: Case, { agreement, validity }: Properties): OracleResult {
  const { observation, record } = of;
  const { outputNotes, correct, finish } = observation;
  const notes = openNotes();
  notes.broken = outputNotes.broken;
  notes.witnesses.push(...outputNotes.witnesses);
  notes.checked = observation.outputs.size;
  if (agreement.state === 'violated') breach(notes, agreement.sentence);
  if (validity.state === 'violated') breach(notes, validity.sentence);
  for (const node of correct) {
    const output = observation.outputs.get(node);
    if (output === undefined) leaveOut(notes, `node ${node} has no output`);
    else if (finish?.outcome === 'complete') {
      if (!output.isInOwnFile) breach(notes, `node ${node}'s own file lacks its output`, { node });
      if (!output.isAtMaster)
        breach(notes, `the master's file lacks the output of node ${node}`, { node });
    }
  }
  checkRounds(notes, of);
  if (agreement.state === 'unverifiable') leaveOut(notes, agreement.sentence);
  const { spread, ratio, epsilon } = agreement;
  const said = `${counted(notes.checked, 'output')} of ${counted(correct.length, 'correct node')}; ${spread ?? '?'} apart, ε is ${record.config?.epsilon ?? '?'}`;
  return conclude(OUTPUTS, notes, said, {
    ...(spread === null ? {} : { spread }),
    ...(ratio === null ? {} : { ratio }),
    ...(epsilon === null ? {} : { epsilon }),
  });
}

/** Everybody outputs its value of one and the same round. */
function checkRounds(notes: Notes, { observation, record: { config } }: Case): void {
  const round = config?.stop === 'rounds' ? config.rounds : (observation.decide?.round ?? null);
  for (const [node, output] of observation.outputs) {
    if (output.round === round) continue;
    const right = round === null ? 'no round had been decided' : `the round was ${round}`;
    const sentence = `node ${node} output its value of round ${output.round}, but ${right}`;
    breach(notes, sentence, { node, round: output.round });
  }
}

const LIVENESS = { id: 'O16', name: 'liveness' } as const;

/** Nobody stands still who could go on: no node with its quorum, no master with its reports. */
export function liveness(of: Case, { termination }: Properties): OracleResult {
  const { record, observation, walks, algorithm } = of;
  const { config } = record;
  if (config === null) return unverifiable(LIVENESS, 'the config is not known');
  const notes = openNotes();
  if (termination.state === 'violated') breach(notes, termination.sentence);
  const needed = config.nodes.length - config.f - 1;
  let fullest = 0;
  for (const [node, { round, waiting }] of walks) {
    const file = record.nodes.get(node);
    if (file === undefined || observation.faulty.has(node) || !isClosed(of, file)) continue;
    notes.checked += 1;
    if (round < 0 || round >= config.lastRound || algorithm?.rule === undefined) continue;
    if (isAtRest(config, file)) continue;
    fullest = Math.max(fullest, waiting);
    if (waiting < needed) continue;
    const at = placeOf(file, file.events.length - 1);
    const sentence = `node ${node} waits in round ${round} with ${waiting} messages of others, ${needed} are enough (${at})`;
    breach(notes, sentence, { node, round, at });
  }
  leaveOutUnreadable(notes, of);
  const { done, of: all } = termination;
  const said = `${done} of ${all} correct nodes output; at the end none had more than ${fullest} of the ${needed} messages it waited for`;
  return conclude(LIVENESS, notes, said, { done, of: all, fullest, needed });
}

const RESILIENCE = { id: 'O22', name: 'resilience' } as const;

/** n is large enough for f. */
export function resilience({ record, algorithm }: Case): OracleResult {
  const { config } = record;
  if (config === null || algorithm === null) {
    return unverifiable(RESILIENCE, 'config or algorithm are not known');
  }
  const n = config.nodes.length;
  const { f, unsound } = config;
  const { factor } = algorithm.resilience;
  const notes = openNotes();
  notes.checked = 1;
  const isEnough = isResilient(algorithm.resilience, n, f);
  if (!isEnough) {
    breach(notes, `n = ${n} is too small for f = ${f}${unsound ? ' (unsound)' : ''}`);
  }
  const least = smallestN(algorithm.resilience, f);
  const said = `n = ${n} > ${factor}f = ${factor * f}; f = ${f} needs at least ${least}`;
  return conclude(RESILIENCE, notes, said, { n, f, factor, least });
}

const DECISION = { id: 'O28', name: 'decision' } as const;

/** The stopping rule, given the recorded reports and deaths, decides what the master decided. */
export function decision(of: Case): OracleResult {
  const { observation, record, decision: own } = of;
  const { config, master } = record;
  const { decide, decisionNotes } = observation;
  if (config === null) return unverifiable(DECISION, 'the config is not known');
  const notes = openNotes();
  notes.broken = decisionNotes.broken;
  notes.witnesses.push(...decisionNotes.witnesses);
  notes.checked = master.events.filter(({ kind }) => kind === 'report' || kind === 'death').length;
  if (config.stop === 'rounds' && decide !== null) {
    breach(
      notes,
      `the master decided round ${decide.round}, although the nodes stop by themselves`,
    );
  }
  if (config.stop === 'frozen' && canReadMaster(notes, of)) compareDecision(notes, of);
  checkOrders(notes, of);
  const what =
    config.stop === 'rounds'
      ? `none: every node outputs round ${config.rounds}`
      : decide === null
        ? 'no round was settled'
        : `round ${decide.round}, settled by line ${settledLine(of)}`;
  return conclude(
    DECISION,
    notes,
    `${what}; ${counted(notes.checked, 'report and death', 'reports and deaths')}`,
    {
      ...(decide === null ? {} : { round: decide.round }),
      ...(own === null ? {} : { recomputed: own.round }),
    },
  );
}

const settledLine = ({ decision: own, record: { master } }: Case): number =>
  master.lines[own?.settledAt ?? -1] ?? 0;

/** Only with the master's finish record: a master that was killed may have lost its last lines. */
function compareDecision(notes: Notes, { observation, record, decision: own }: Case): void {
  const { decide, finish } = observation;
  const { master } = record;
  if (decide === null) {
    if (own === null || finish === null) return;
    breach(notes, `the master did not decide, although its reports had settled round ${own.round}`);
    return;
  }
  const { round } = decide;
  const index = master.events.indexOf(decide);
  const place = { round, at: placeOf(master, index) };
  if (own === null || own.settledAt > index) {
    breach(notes, `the master decided round ${round} before its reports had settled any`, place);
  } else if (own.round !== round) {
    breach(notes, `the master decided round ${round}; its reports had settled ${own.round}`, place);
  }
}

/** A node's word to output is the master's. */
function checkOrders(notes: Notes, { observation, record, readable }: Case): void {
  const { decide } = observation;
  if (decide === null && !isReliable(record, record.master)) return;
  for (const [node, file] of readable) {
    file.events.forEach((event, index) => {
      if (event.kind !== 'stop' || event.round === decide?.round) return;
      const at = placeOf(file, index);
      const right = decide === null ? 'decided nothing' : `decided ${decide.round}`;
      const sentence = `node ${node} was told to output round ${event.round}; the master ${right} (${at})`;
      breach(notes, sentence, { node, round: event.round, at });
    });
  }
}
