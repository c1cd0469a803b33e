/**
 * An algorithm of the user's own: what a file may export, and the Algorithm that is made of it.
 *
 * The code is nobody's we know. Whatever it throws or returns wrongly becomes an AlgorithmError that
 * names the file, the node and the values, so that it is taken neither for a bug of ours nor for a
 * crash of the node. What it answers within the contract is not improved: whether it is right is
 * for the checker to say. Loading such a file is record/load-algorithm.ts.
 */
import type { Algorithm, Resilience } from './algorithm.ts';
import { AlgorithmError, shown } from './algorithm-error.ts';
import { guarded, placed } from './guarded-algorithm.ts';
import type { UserCode } from './algorithm-error.ts';
import { roundBased } from './participant.ts';
import type { Ratio } from './ratio.ts';
import { asynchronousCrash } from './resilience.ts';
import { isLegalValue } from './update-rule.ts';
import type { UpdateRule } from './update-rule.ts';

/** The plainest rule: n − f finite values in ascending order in, the next value out. */
export type RuleFunction = (sorted: readonly number[], f: number) => number;

/** The smallest file that works. */
const EXAMPLE = [
  'export function rule(sorted: readonly number[], f: number): number {',
  '  return (sorted[0] + sorted[sorted.length - 1]) / 2;',
  '}',
].join('\n');

const EXPORTS = ['default', 'algorithm', 'rule'] as const;

/**
 * The algorithm that a loaded file exports: as its default, or named `algorithm` or `rule`; a
 * function, an object with `update` (UpdateRule) or one with `initialState` and `step` (Algorithm).
 * Without a `resilience` it is n > 2f, without a `contraction` nothing is proven.
 * @throws AlgorithmError when it exports none of these.
 */
export function asAlgorithm(namespace: unknown, code: UserCode): Algorithm<unknown> {
  const exported = withoutCommonJs(isObject(namespace) ? namespace : {});
  const key = EXPORTS.find((name) => exported[name] !== undefined);
  const found = key === undefined ? undefined : exported[key];
  if (typeof found === 'function') return ofRule({ update: found }, code, 'list');
  if (!isObject(found)) throw unusable(exported, code, found);
  if (typeof found['update'] === 'function') return ofRule(found, code, 'typed array');
  if (typeof found['initialState'] !== 'function' || typeof found['step'] !== 'function') {
    throw unusable(exported, code, found);
  }
  return ofParticipant(found, code);
}

/** What a CommonJS file exports comes as the default of a module. */
function withoutCommonJs(exported: Exported): Exported {
  const inner = exported['default'];
  return isObject(inner) && EXPORTS.some((name) => name in inner) ? inner : exported;
}

/** The two functions are there; what they return is checked each time they are called. */
function ofParticipant(exported: Exported, code: UserCode): Algorithm<unknown> {
  const own = exported as unknown as Algorithm<unknown>;
  return guarded(
    {
      ...commonParts(exported, code),
      initialState: (parameters) => own.initialState(parameters),
      step: (state, event) => own.step(state, event),
    },
    code,
  );
}

/** A function may treat its values as any list; an UpdateRule asks for what its type says. */
function ofRule(
  exported: Exported,
  code: UserCode,
  asked: 'list' | 'typed array',
): Algorithm<unknown> {
  const own = exported as unknown as { update(sorted: unknown, f: number): unknown };
  const rule: UpdateRule = {
    ...commonParts(exported, code),
    update(sorted, f) {
      // A copy: a rule that sorts or changes its values must not change the record of them.
      const values = asked === 'list' ? Array.from(sorted) : sorted.slice();
      const what = `update of ${sorted.join(' ')} with f = ${f}`;
      const next = code.call(what, () => own.update(values, f));
      if (typeof next === 'number' && isLegalValue(next)) return next;
      const expected = 'a finite number of at most 1e300';
      throw new AlgorithmError(code.file, `${what} gave ${shown(next)}`, expected);
    },
  };
  return placed(roundBased(rule), code);
}

type Exported = Readonly<Record<string, unknown>>;

/** What rule and participant have in common; all of it may be left out. */
function commonParts(
  exported: Exported,
  code: UserCode,
): Pick<Algorithm<unknown>, 'name' | 'resilience' | 'contraction'> {
  const { name, resilience, contraction } = exported;
  const isClaim = contraction === undefined || typeof contraction === 'function';
  if (!isClaim) {
    throw new AlgorithmError(code.file, `contraction is ${shown(contraction)}`, CONTRACTION);
  }
  return {
    name: typeof name === 'string' ? name : code.file,
    resilience: asResilience(resilience, code),
    contraction(n, f) {
      if (contraction === undefined) return null;
      const claimed = code.call(`contraction(${n}, ${f})`, () =>
        (contraction as (n: number, f: number) => unknown).call(exported, n, f),
      );
      return asRatio(claimed, `contraction(${n}, ${f})`, code);
    },
  };
}

const CONTRACTION =
  'a function (n, f) that returns { numerator, denominator }, or null where nothing is proven';

function asRatio(claimed: unknown, what: string, { file }: UserCode): Ratio | null {
  if (claimed === null || claimed === undefined) return null;
  const { numerator, denominator } = isObject(claimed) ? claimed : {};
  if (isCount(numerator) && isCount(denominator) && denominator > 0) {
    return { numerator, denominator };
  }
  const expected = 'whole numbers, like { numerator: 1, denominator: 2 }, or null';
  throw new AlgorithmError(file, `${what} gave ${shown(claimed)}`, expected);
}

function asResilience(claimed: unknown, { file }: UserCode): Resilience {
  if (claimed === undefined) return asynchronousCrash;
  const { model, factor } = isObject(claimed) ? claimed : {};
  if (isCount(factor) && factor >= 1) {
    return { model: typeof model === 'string' ? model : asynchronousCrash.model, factor };
  }
  const expected = '{ model, factor } for n > factor · f, like { model: "crash", factor: 2 }';
  throw new AlgorithmError(file, `resilience is ${shown(claimed)}`, expected);
}

function unusable(exported: Exported, { file }: UserCode, found: unknown): AlgorithmError {
  const names = Object.keys(exported).join(', ');
  const what =
    found === undefined
      ? `exports ${names === '' ? 'nothing' : `only ${names}`}`
      : `exports ${shown(found)}, which is neither a rule nor an algorithm`;
  const expected =
    'a default export or one named algorithm or rule: a function, an object with update, or one ' +
    'with initialState and step';
  return new AlgorithmError(file, what, expected, `write for example\n${EXAMPLE}`);
}

const isObject = (value: unknown): value is Exported =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
