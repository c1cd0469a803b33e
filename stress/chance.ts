/** Decisions of a trial, each drawn by its name: another decision more moves no other one. */
import { createHash } from 'node:crypto';

export interface Chance {
  /** In [0, 1), the same for the same name. */
  uniform(name: string): number;
  /** A whole number from `low` to `high`. */
  whole(name: string, low: number, high: number): number;
  pick<T>(name: string, choices: readonly [T, ...T[]]): T;
  happens(name: string, probability: number): boolean;
  bytes(name: string, length: number): Buffer;
}

const TWO_TO_48 = 2 ** 48;

export function createChance(seed: number, trial: number): Chance {
  const digest = (name: string): Buffer =>
    createHash('sha256').update(`${seed} ${trial} ${name}`).digest();
  const uniform = (name: string): number => digest(name).readUIntBE(0, 6) / TWO_TO_48;
  return {
    uniform,
    whole: (name, low, high) => low + Math.floor(uniform(name) * (high - low + 1)),
    pick: (name, choices) => choices[Math.floor(uniform(name) * choices.length)] ?? choices[0],
    happens: (name, probability) => uniform(name) < probability,
    bytes(name, length) {
      const blocks = Math.ceil(length / 32);
      const all = Array.from({ length: blocks }, (_, block) => digest(`${name} ${block}`));
      return Buffer.concat(all).subarray(0, length);
    },
  };
}
