/** Where values stand on the axis, and how the colours make room for each other. */
import type { Dimension } from '../../sweep-view.ts';

export interface Positions {
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly low: number;
  readonly high: number;
  of(x: string, colour: string): number;
  /** Whether a line between two values means something. */
  readonly isJoined: boolean;
  /** Half of what the points of one value and colour may use. */
  readonly room: number;
}

/** Numbers stand where they belong, unless some of them would be too close together to be told apart. */
const RATIO_MAX = 40;

export function positionsOf(dimension: Dimension | null, colours: readonly string[]): Positions {
  const values = dimension?.values ?? [''];
  const numbers = values.map(Number);
  const gaps = numbers.slice(1).map((value, index) => value - (numbers[index] ?? 0));
  const range = (numbers.at(-1) ?? 0) - (numbers[0] ?? 0);
  const least = Math.min(...gaps);
  const isTrue = dimension !== null && dimension.isNumeric && range / least <= RATIO_MAX;
  const places = isTrue ? numbers : values.map((_, index) => index);
  const gap = isTrue ? least : 1;
  const at = new Map(values.map((value, index) => [value, places[index] ?? 0]));
  const width = (0.6 * gap) / Math.max(1, colours.length);
  const middle = (colours.length - 1) / 2;
  return {
    ticks: values.map((value, index) => ({ at: places[index] ?? 0, text: value })),
    low: (places[0] ?? 0) - 0.6 * gap,
    high: (places.at(-1) ?? 0) + 0.6 * gap,
    of: (x, colour) => (at.get(x) ?? 0) + (Math.max(0, colours.indexOf(colour)) - middle) * width,
    isJoined: dimension?.isNumeric ?? false,
    room: 0.4 * width,
  };
}

/** From −1 to 1, the same for the same row every time; neighbours are far apart. */
export const jitter = (row: number): number => 2 * ((row * 0.618033988749895) % 1) - 1;
