import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Algorithm, Effect, Event, Parameters } from '../../../agreement/algorithm.ts';
import { AlgorithmError, userCode } from '../../../agreement/algorithm-error.ts';
import { InvariantError } from '../../../agreement/invariant.ts';
import { mean } from '../../../agreement/mean.ts';
import { roundBased } from '../../../agreement/participant.ts';
import { asynchronousCrash } from '../../../agreement/resilience.ts';
import { asAlgorithm } from '../../../agreement/user-algorithm.ts';

const load = (namespace: unknown): Algorithm<unknown> =>
  asAlgorithm(
    namespace,
    userCode('my.ts', () => null),
  );

const parameters: Parameters = {
  ...{ id: 3, n: 3, f: 1, lastRound: 9 },
  ...{ outputRound: null, restsAfterOutput: true },
};

/** What node 3 does at its start and at these values of round 0. */
function play(algorithm: Algorithm<unknown>, input: number, others: readonly number[]): Effect[] {
  const state = algorithm.initialState(parameters);
  const receive = (value: number, index: number): Event => ({
    kind: 'receive',
    from: index + 1,
    message: { round: 0, value },
  });
  const events: Event[] = [{ kind: 'start', input }, ...others.map(receive)];
  return events.flatMap((event) => algorithm.step(state, event));
}

const nextValue = (algorithm: Algorithm<unknown>, input: number, other: number): unknown =>
  play(algorithm, input, [other]).find((effect) => effect.kind === 'report' && effect.round === 1);

const errorOf = (act: () => unknown): AlgorithmError => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(AlgorithmError);
    return error as AlgorithmError;
  }
  throw new Error('there was no error');
};

const low = (sorted: ArrayLike<number>): number => sorted[0]!;
const high = (sorted: ArrayLike<number>): number => sorted[sorted.length - 1]!;

describe('what a file may export', () => {
  const report = { kind: 'report', round: 1, value: 4, used: [3, 1] };

  test.each([
    ['a default function', { default: high }],
    ['a function named rule', { rule: high }],
    ['a function named algorithm', { algorithm: high }],
    ['an object with update', { default: { update: high } }],
    ['a participant', { algorithm: roundBased({ ...mean, update: high }) }],
    ['the default one of several', { rule: low, algorithm: low, default: high, other: 1 }],
    ['the algorithm before the rule', { rule: low, algorithm: high }],
    ['what a CommonJS file exports', { default: { rule: high } }],
  ])('%s', (_, namespace) => {
    expect(nextValue(load(namespace), 2, 4)).toEqual(report);
  });

  test.each([
    ['nothing', {}, 'exports nothing'],
    ['other names', { foo: 1, bar: high }, 'exports only foo, bar'],
    ['a number', { rule: 3 }, 'exports 3, which is neither a rule nor an algorithm'],
    ['null', { default: null }, 'exports null, which'],
    ['half a participant', { default: { step: high } }, 'exports an object, which'],
    ['no module at all', undefined, 'exports nothing'],
  ])('not %s', (_, namespace, what) => {
    const error = errorOf(() => load(namespace));
    expect(error.message).toMatch(`my.ts: ${what}`);
    expect(error.expected).toMatch('a default export or one named algorithm or rule');
    expect(error.remedy).toMatch(/^write for example\nexport function rule\(.*\n.*\n}$/);
  });

  test('a function gets an array, an UpdateRule what its type says', () => {
    const seen: unknown[] = [];
    const spy = (sorted: ArrayLike<number>): number => {
      seen.push(sorted);
      return low(sorted);
    };
    nextValue(load({ rule: spy }), 4, 2);
    nextValue(load({ rule: { update: spy } }), 4, 2);
    expect(seen).toEqual([[2, 4], Float64Array.of(2, 4)]);
  });

  test('a rule that changes its values changes only its own copy', () => {
    const vandal = (sorted: number[] | Float64Array): number => sorted.fill(9).length + 1;
    for (const rule of [vandal, { update: vandal }]) {
      expect(nextValue(load({ rule }), 4, 2)).toMatchObject({ value: 3 });
    }
  });

  test('methods keep their object', () => {
    const rule = {
      weight: 0.5,
      update(sorted: Float64Array): number {
        return low(sorted) + this.weight;
      },
      contraction() {
        return { numerator: 1, denominator: 2 * this.weight + 1 };
      },
    };
    expect(nextValue(load({ rule }), 4, 2)).toMatchObject({ value: 2.5 });
    expect(load({ rule }).contraction(3, 1)).toEqual({ numerator: 1, denominator: 2 });
  });

  test('as a rule of the user, mean does bit for bit what it does built in', () => {
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(value, fc.array(value, { minLength: 1, maxLength: 2 }), (input, others) => {
        const builtIn = play(roundBased(mean), input, others);
        expect(play(load({ rule: mean }), input, others)).toEqual(builtIn);
        expect(play(load({ rule: roundBased(mean) }), input, others)).toEqual(builtIn);
      }),
    );
  });
});

describe('what a file claims', () => {
  test('nothing is proven unless it says so, and n > 2f is assumed', () => {
    const algorithm = load({ rule: low });
    expect(algorithm.contraction(5, 2)).toBeNull();
    expect(algorithm.resilience).toEqual(asynchronousCrash);
    expect(algorithm.name).toBe('my.ts');
  });

  test('its name, contraction and resilience are taken', () => {
    const algorithm = load({
      rule: {
        name: 'mine',
        update: low,
        contraction: (n: number, f: number) => (f === 0 ? null : { numerator: f, denominator: n }),
        resilience: { model: 'crash and luck', factor: 3 },
      },
    });
    expect(algorithm.name).toBe('mine');
    expect(algorithm.contraction(7, 2)).toEqual({ numerator: 2, denominator: 7 });
    expect(algorithm.contraction(7, 0)).toBeNull();
    expect(algorithm.resilience).toEqual({ model: 'crash and luck', factor: 3 });
  });

  test.each([
    ['a number', 0.5, 'contraction(3, 1) gave 0.5'],
    ['no whole number', { numerator: 0.5, denominator: 1 }, 'contraction(3, 1) gave an object'],
    ['no denominator', { numerator: 1 }, 'contraction(3, 1) gave an object'],
    ['a denominator of 0', { numerator: 1, denominator: 0 }, 'contraction(3, 1) gave an object'],
    ['below 0', { numerator: -1, denominator: 2 }, 'contraction(3, 1) gave an object'],
  ])('a contraction that is %s is refused', (_, ratio, what) => {
    const algorithm = load({ rule: { update: low, contraction: () => ratio } });
    const { message } = errorOf(() => algorithm.contraction(3, 1));
    expect(message).toBe(
      `my.ts: ${what}; expected whole numbers, like { numerator: 1, denominator: 2 }, or null`,
    );
  });

  test('a contraction that is no function, or a resilience without a factor, is refused', () => {
    const half = { numerator: 1, denominator: 2 };
    const one = errorOf(() => load({ rule: { update: low, contraction: half } }));
    expect(one.message).toMatch('my.ts: contraction is an object; expected a function (n, f)');
    for (const resilience of [2, { factor: 0 }, { factor: '2' }, null]) {
      const other = errorOf(() => load({ rule: { update: low, resilience } }));
      expect(other.message).toMatch(/^my\.ts: resilience is .*; expected { model, factor }/);
    }
  });
});

describe('a rule that fails', () => {
  const failing = (update: () => unknown): string =>
    errorOf(() => play(load({ rule: update }), 0.5, [0.25])).message;

  test.each([
    ['NaN', NaN, 'NaN'],
    ['undefined', undefined, 'undefined'],
    ['infinity', -Infinity, '-Infinity'],
    ['more than any value may be', 1.1e300, '1.1e+300'],
    ['a text', '0.5', 'the text "0.5"'],
    ['a promise', Promise.resolve(0.5), 'a promise (nothing here may be asynchronous)'],
    ['a bigint', 1n, '1'],
    ['a list', [0.5], 'a list of 1'],
  ])('with %s is named: file, node, round and values', (_, returned, shown) => {
    expect(failing(() => returned)).toBe(
      `my.ts: node 3, round 0: update of 0.25 0.5 with f = 1 gave ${shown}; ` +
        'expected a finite number of at most 1e300',
    );
  });

  test.each([
    [new TypeError('oops'), 'TypeError: oops'],
    ['oops', 'the text "oops"'],
    [undefined, 'undefined'],
    [Object.create(null), 'an object'],
  ])('by throwing %p is named as well', (thrown, shown) => {
    const message = failing(() => {
      throw thrown;
    });
    expect(message).toBe(
      `my.ts: node 3, round 0: update of 0.25 0.5 with f = 1 threw ${shown}; ` +
        'expected that it never throws',
    );
  });

  test('in the second round that one message ends is named with that round', () => {
    const rule = (sorted: readonly number[]): number => (low(sorted) > 2 ? NaN : high(sorted));
    const algorithm = load({ rule });
    const state = algorithm.initialState(parameters);
    const receive = (from: number, round: number, value: number): Event => ({
      kind: 'receive',
      from,
      message: { round, value },
    });
    algorithm.step(state, { kind: 'start', input: 1 });
    algorithm.step(state, receive(1, 1, 4));
    expect(errorOf(() => algorithm.step(state, receive(2, 0, 3))).message).toMatch(
      'my.ts: node 3, round 1: update of 3 4 with f = 1 gave NaN',
    );
  });

  test('is named with the line, where that is known', () => {
    const code = userCode('my.ts', (thrown) => (thrown instanceof RangeError ? 'my.ts:7' : null));
    const rule = (): number => {
      throw new RangeError('far');
    };
    const error = errorOf(() => play(asAlgorithm({ rule }, code), 1, [2]));
    expect(error.message).toMatch('threw RangeError: far (my.ts:7);');
  });

  test('is not blamed for a mistake of its driver', () => {
    const algorithm = load({ rule: low });
    const state = algorithm.initialState(parameters);
    algorithm.step(state, { kind: 'start', input: 1 });
    expect(() => algorithm.step(state, { kind: 'start', input: 1 })).toThrow(InvariantError);
  });
});

describe('a participant that fails', () => {
  const answering = (answer: unknown): Algorithm<unknown> =>
    load({ algorithm: { initialState: () => ({}), step: () => answer } });

  const complaint = (answer: unknown): string => {
    const algorithm = answering(answer);
    return errorOf(() =>
      algorithm.step(algorithm.initialState(parameters), { kind: 'start', input: 0.5 }),
    ).message;
  };

  test.each([
    [undefined, 'undefined; expected a list of effects'],
    [{ kind: 'output' }, 'an object; expected a list of effects'],
    [Promise.resolve([]), 'a promise (nothing here may be asynchronous); expected a list'],
    [[7], '7; expected { kind: "report", round, value, used }'],
    [[{ kind: 'send', round: 0, value: 1 }], '{ kind: the text "send", round: 0, value: 1 };'],
    [[{ kind: 'output', round: 0 }], '{ kind: the text "output", round: 0 };'],
    [[{ kind: 'output', round: 0, value: NaN }], 'value: NaN }'],
    [[{ kind: 'output', round: -1, value: 1 }], 'round: -1'],
    [[{ kind: 'report', round: 0.5, value: 1 }], 'round: 0.5'],
    [[{ kind: 'report', round: 0, value: 1, used: [4] }], 'used: a list of 1'],
    [[{ kind: 'report', round: 0, value: 1, used: 'all' }], 'used: the text "all"'],
    [[{ kind: 'multicast', round: 0, value: 1 }], '{ kind: the text "multicast", round: 0'],
    [[{ kind: 'multicast', message: { round: 10, value: 1 } }], 'message: { round: 10, value: 1 }'],
  ])('answering %j is told so', (answer, shown) => {
    const start = 'my.ts: node 3: step at the start with input 0.5 gave ';
    const message = complaint(answer);
    expect(message.slice(0, start.length)).toBe(start);
    expect(message.slice(start.length)).toContain(shown);
  });

  test('by throwing is told where: node, round and event', () => {
    const step = (_: unknown, event: Event): unknown => {
      if (event.kind === 'start') return [{ kind: 'report', round: 0, value: event.input }];
      throw new Error('no more');
    };
    const algorithm = load({ algorithm: { initialState: () => ({}), step } });
    expect(errorOf(() => play(algorithm, 1, [0.25])).message).toBe(
      'my.ts: node 3, round 0: step at the value 0.25 of round 0 from node 1 threw Error: no more; ' +
        'expected that it never throws',
    );
    const unborn = load({
      algorithm: {
        step,
        initialState() {
          throw new Error('no state');
        },
      },
    });
    expect(errorOf(() => unborn.initialState(parameters)).message).toMatch(
      'my.ts: node 3: initialState threw Error: no state',
    );
  });

  const report = { kind: 'report', round: 1, value: 1 };
  const multicast = { kind: 'multicast', message: { round: 1, value: 1 } };
  const output = { kind: 'output', round: 1, value: 1 };
  test.each([
    ['an earlier report', [report, { ...report, round: 0 }], 'expected reports of rounds after 1'],
    ['a second value of a round', [multicast, multicast], 'expected one multicast of round 1'],
    ['a second output', [output, output], 'expected one output'],
  ])('%s, which nobody would take, is named', (_, answer, expected) => {
    expect(complaint(answer)).toContain(expected);
  });

  test('what it answers is copied, and −0 becomes 0', () => {
    const used = [1, 2];
    const message = { round: 1, value: -0 };
    const answer = [
      { kind: 'report', round: 1, value: -0, used, colour: 'red' },
      { kind: 'multicast', message },
      { kind: 'output', round: 1, value: -0 },
      { kind: 'report', round: 2, value: 3 },
    ];
    const algorithm = answering(answer);
    const effects = algorithm.step(algorithm.initialState(parameters), { kind: 'stop', round: 1 });
    used.push(3);
    message.value = 7;
    expect(effects).toEqual([
      { kind: 'report', round: 1, value: 0, used: [1, 2] },
      { kind: 'multicast', message: { round: 1, value: 0 } },
      { kind: 'output', round: 1, value: 0 },
      { kind: 'report', round: 2, value: 3, used: [] },
    ]);
  });
});
