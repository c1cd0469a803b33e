/** What can become of a message, in words and in signs. */
import type { Fate } from './page-data.ts';

/** In the order of legends: what counted first, what never came last. */
export const fateOrder: readonly Fate[] = ['u', 'l', 'i', 'p', 'c', 'd', 'n'];

export const fateNames: Readonly<Record<Fate, string>> = {
  u: 'used',
  l: 'late',
  i: 'not needed',
  p: 'still waiting',
  c: 'lost in a crash',
  d: 'to the dead',
  n: 'not recorded',
};

/** For small cells, where a colour alone would have to do. */
export const fateGlyphs: Readonly<Record<Fate, string>> = {
  u: '●',
  l: '◔',
  i: '○',
  p: '…',
  c: '✕',
  d: '†',
  n: '?',
};

export const fateMeanings: Readonly<Record<Fate, string>> = {
  u: 'it was one of the n − f values that made its receiver’s next value',
  l: 'its receiver had left the round before it was handed over',
  i: 'it came in time, but n − f others made the quorum, or the round never ended',
  p: 'it was still waiting for its time when the run ended',
  c: 'its sender died before sending it',
  d: 'its receiver died before taking it',
  n: 'nobody noted what became of it: it was sent as the run ended, or a file is damaged',
};
