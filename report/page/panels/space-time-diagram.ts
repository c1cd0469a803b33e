/** What one picture of the space-time diagram is made from. */
import type { View } from '../../view.ts';
import type { Axis, Places } from '../space-time-layout.ts';
import type { Zoom } from '../space-time-state.ts';

export interface Diagram {
  readonly view: View;
  readonly axis: Axis;
  readonly places: Places;
  readonly extent: readonly [number, number];
  readonly zoom: { readonly x: Zoom; readonly y: Zoom };
  /** Rows of the message table to draw. */
  readonly rows: readonly number[];
  readonly chosen: number | null;
}

export type Point = readonly [number, number];

export interface RenderApi {
  value(dimension: number): number;
  coord(point: Point): [number, number];
}

/** Up to so many lanes have room for their names. */
export const LANES_NAMED_MAX = 30;
