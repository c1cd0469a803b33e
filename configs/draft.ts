/** A config before its rules are checked: whatever could be read of it, complete or not. */
import type { Algorithm } from '../agreement/algorithm.ts';
import { algorithmOf } from '../agreement/algorithms.ts';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import type { Ratio } from '../agreement/ratio.ts';
import { provenContraction } from '../agreement/proven-contraction.ts';
import type { StatementName } from './grammar.ts';
import { NODES_MAX, roundLimits } from './limits.ts';
import type { RoundLimits } from './limits.ts';
import type { OwnAlgorithm } from './own-algorithm.ts';
import { isPath } from './own-algorithm.ts';
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
  /** Null when it is unknown or unusable. */
  readonly algorithm: Algorithm<unknown> | null;
  /** What its caller has found in the user's file; null: nobody has looked, or there is none. */
  readonly own: OwnAlgorithm | null;
  /** Null as long as something is unknown that they depend on. */
  readonly limits: RoundLimits | null;
}

export function makeDraft(
  file: string,
  { settings, said }: Gathered,
  loaded: OwnAlgorithm | null,
): Draft {
  const [n] = settings.n;
  const nodes = n === undefined ? settings.node : resizeNodes(settings.node, n);
  const isOwn = isPath(settings.algorithm[0]?.value ?? '');
  const own = isOwn ? tryOut(loaded, nodes.length, settings.f[0]?.value) : null;
  const algorithm = chosenAlgorithm(settings, own);
  const draft = { file, settings, said, nodes, algorithm, own };
  return { ...draft, limits: draftLimits(draft) };
}

function chosenAlgorithm({ algorithm }: Settings, own: OwnAlgorithm | null) {
  const name = algorithm[0]?.value;
  if (name === undefined) return null;
  const found = own !== null && 'hash' in own ? own : null;
  const algorithmHash = isPath(name) ? (found?.hash ?? '') : null;
  return algorithmOf({ algorithm: name, algorithmHash }, found?.algorithm ?? null);
}

/** Its contraction is the user's code as well, and the rules over the config ask for it often. */
function tryOut(own: OwnAlgorithm | null, n: number, f: number | undefined): OwnAlgorithm | null {
  if (own === null || !('hash' in own) || f === undefined) return own;
  try {
    own.algorithm.contraction(n, f);
    return own;
  } catch (error) {
    if (!(error instanceof AlgorithmError)) throw error;
    return error;
  }
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
export function agreementTerms(draft: Omit<Draft, 'limits'>): AgreementTerms | null {
  const { settings, nodes, algorithm } = draft;
  const f = settings.f[0]?.value;
  const epsilon = settings.epsilon[0]?.value;
  if (algorithm === null || f === undefined || epsilon === undefined) return null;
  if (nodes.length === 0 || nodes.length > NODES_MAX) return null;
  const contraction = provenContraction(algorithm, nodes.length, f);
  return { n: nodes.length, f, epsilon, contraction };
}

function draftLimits(draft: Omit<Draft, 'limits'>): RoundLimits | null {
  const terms = agreementTerms(draft);
  const inputs = knownInputs(draft);
  if (terms === null || inputs.length < draft.nodes.length) return null;
  const asked = draft.settings.rounds[0]?.value ?? null;
  if (asked === null && draft.said.has('rounds')) return null;
  const stop = draft.settings.stop[0]?.value ?? 'frozen';
  return roundLimits(terms.contraction, inputs, terms.epsilon, asked, stop);
}
