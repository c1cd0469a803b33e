/** A config before its rules are checked: whatever could be read of it, complete or not. */
import { algorithms } from '../agreement/algorithms.ts';
import type { Ratio } from '../agreement/ratio.ts';
import type { StatementName } from './grammar.ts';
import { NODES_MAX, provenContraction, roundLimits } from './limits.ts';
import type { RoundLimits } from './limits.ts';
import { resizeNodes } from './resize.ts';
import type { DraftNode } from './resize.ts';
import type { Gathered, Settings } from './settings.ts';

export interface Draft {
  /** As problems name it. */
  readonly file: string;
  readonly settings: Settings;
  readonly said: ReadonlySet<StatementName>;
  /** The nodes that will run: those of `settings`, or as many as `--n` asks for. */
  readonly nodes: readonly DraftNode[];
  /** Null as long as something is unknown that they depend on. */
  readonly limits: RoundLimits | null;
}

export function makeDraft(file: string, { settings, said }: Gathered): Draft {
  const [n] = settings.n;
  const nodes = n === undefined ? settings.node : resizeNodes(settings.node, n);
  const draft = { file, settings, said, nodes };
  return { ...draft, limits: draftLimits(draft) };
}

/** Those that are known; a rule over them must hold for any values of the others. */
export const knownInputs = ({ nodes }: Pick<Draft, 'nodes'>): number[] =>
  nodes.map(({ value }) => value.input).filter((input) => input !== undefined);

export interface AgreementTerms {
  readonly n: number;
  readonly f: number;
  readonly epsilon: number;
  readonly contraction: Ratio | null;
}

/** Null when one of them could not be read, or there are far too many nodes to look at. */
export function agreementTerms({ settings, nodes }: Omit<Draft, 'limits'>): AgreementTerms | null {
  const algorithm = settings.algorithm[0]?.value;
  const f = settings.f[0]?.value;
  const epsilon = settings.epsilon[0]?.value;
  if (algorithm === undefined || f === undefined || epsilon === undefined) return null;
  if (nodes.length === 0 || nodes.length > NODES_MAX || !algorithms.has(algorithm)) return null;
  const contraction = provenContraction(algorithm, nodes.length, f);
  return { n: nodes.length, f, epsilon, contraction };
}

function draftLimits(draft: Omit<Draft, 'limits'>): RoundLimits | null {
  const terms = agreementTerms(draft);
  const inputs = knownInputs(draft);
  if (terms === null || inputs.length < draft.nodes.length) return null;
  const asked = draft.settings.rounds[0]?.value ?? null;
  if (asked === null && draft.said.has('rounds')) return null;
  return roundLimits(terms.contraction, inputs, terms.epsilon, asked);
}
