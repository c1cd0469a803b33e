/** The algorithms that are wrong on purpose, as a config would load them. */
import type { Algorithm } from '../../../agreement/algorithm.ts';
import { algorithms } from '../../../agreement/algorithms.ts';
import { userCode } from '../../../agreement/algorithm-error.ts';
import { asAlgorithm } from '../../../agreement/user-algorithm.ts';
import * as dropFuture from '../../../configs/algorithms/wrong/drop-future.ts';
import * as median from '../../../configs/algorithms/wrong/median.ts';
import * as ownByCount from '../../../configs/algorithms/wrong/own-by-count.ts';
import * as shortQuorum from '../../../configs/algorithms/wrong/short-quorum.ts';
import type { HuntRequest } from '../../../simulator/search/hunt.ts';
import { frozen } from '../../../simulator/search/master-rules.ts';
import type { MasterRule } from '../../../simulator/search/master-rules.ts';

const files = {
  median,
  'short-quorum': shortQuorum,
  'drop-future': dropFuture,
  'own-by-count': ownByCount,
};

export type WrongName = keyof typeof files;

export const wrong = (name: WrongName): Algorithm<unknown> =>
  asAlgorithm(
    files[name],
    userCode(`./${name}.ts`, () => null),
  );

export const builtIn = (name: string): Algorithm<unknown> => algorithms.get(name)!;

/**
 * Small, so that a test takes a second: the naive master falls within 1,200 states, all others within
 * 300 or by a random schedule. What is found does not depend on how fast the machine is.
 */
export const FIRST_PASS = { states: 300, walks: 60 };
export const FIRST_PASS_OF_MASTERS = { states: 1500, walks: 60 };

/** As for a config of five nodes; `attempts` instead of seconds. */
export function requestFor(
  algorithm: Algorithm<unknown>,
  master: MasterRule = frozen,
  attempts = 10_000,
): HuntRequest {
  const firstPass = master === frozen ? FIRST_PASS : FIRST_PASS_OF_MASTERS;
  return {
    target: { algorithm, epsilon: 0.001, master, outputRound: null },
    ...{ n: 5, f: 2, rounds: 2, seed: 7, firstPass },
    mayGoOn: countdown(attempts),
  };
}

/** Says yes so many times. */
export function countdown(attempts: number): () => boolean {
  let left = attempts;
  return () => {
    left -= 1;
    return left >= 0;
  };
}
