/** One message as a shape: an arrow, or what is left of one that never arrived. */
import type { Option } from '../charts.ts';
import type { Fate } from '../../page-data.ts';
import type { Palette } from '../palette.ts';

type Point = readonly [number, number];

export interface ArrowStyle {
  readonly palette: Palette;
  /** Many arrows: thinner and paler. */
  readonly isDense: boolean;
  readonly isSelected: boolean;
}

const DASHES: Readonly<Record<Fate, readonly number[] | null>> = {
  u: null,
  l: [6, 3],
  i: [2, 2],
  p: [2, 4],
  c: null,
  d: [4, 3],
  n: [1, 3],
};

/** `end` is NaN when nobody knows: then it is a ray of this length towards the receiver's lane. */
const RAY_PX = 24;
const HEAD_PX = 6;

export function arrowOf(start: Point, end: Point, fate: Fate, style: ArrowStyle): Option {
  const { palette, isDense, isSelected } = style;
  const isRay = Number.isNaN(end[0]);
  const tip = isRay ? rayEnd(start, end[1]) : end;
  const points = [start, tip, ...endMark(start, tip, fate, isRay)];
  const color = palette.fates[fate];
  return {
    type: 'polyline',
    shape: { points },
    z2: isSelected ? 100 : fate === 'u' ? 1 : 2,
    style: {
      stroke: isSelected ? palette.ink : color,
      fill: 'none',
      lineWidth: isSelected ? 3 : isDense ? 0.8 : 1.3,
      opacity: isSelected ? 1 : isDense ? 0.55 : 0.85,
      lineDash: DASHES[fate],
    },
    emphasis: { style: { lineWidth: 3, opacity: 1 } },
  };
}

function rayEnd([x, y]: Point, laneY: number): Point {
  const [dx, dy] = [40, laneY - y];
  const length = Math.hypot(dx, dy) || 1;
  const reach = Math.min(RAY_PX, length);
  return [x + (dx / length) * reach, y + (dy / length) * reach];
}

/** Drawn on from the tip and back to it: a head where a message came, a cross where it did not. */
function endMark(start: Point, tip: Point, fate: Fate, isRay: boolean): Point[] {
  const angle = Math.atan2(tip[1] - start[1], tip[0] - start[0]);
  const at = (turn: number, length: number): Point => [
    tip[0] + Math.cos(angle + turn) * length,
    tip[1] + Math.sin(angle + turn) * length,
  ];
  if (fate === 'p') return [];
  if (!isRay) return [at(Math.PI - 0.4, HEAD_PX), tip, at(Math.PI + 0.4, HEAD_PX)];
  const arm = HEAD_PX / 2;
  return [0.8, -0.8, Math.PI - 0.8, Math.PI + 0.8].flatMap((turn) => [at(turn, arm), tip]);
}
