/** What plots with a row per receiver and a column per sender have in common. */
import { axis } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';

/** Up to so many nodes a cell has room for a sign. */
export const SIGNS_MAX = 24;

/** In rem: cells that can be told apart, and a plot that fits a screen. */
export const matrixHeight = (n: number): number => Math.min(46, Math.max(17, 6 + 2 * n));

/** Rows from the top: node 1 first. */
export function matrixAxes(n: number, look: Look): { xAxis: Option; yAxis: Option } {
  const ids = Array.from({ length: n }, (_, i) => String(i + 1));
  const side = (name: string, extra: Option): Option =>
    axis(look, name, {
      type: 'category',
      data: ids,
      splitLine: { show: false },
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { interval: n <= SIGNS_MAX ? 0 : 'auto' },
      ...extra,
    });
  return {
    xAxis: side('sender', { nameGap: 1.9 * look.em }),
    yAxis: side('receiver', { inverse: true, nameGap: 2.2 * look.em }),
  };
}

export const cellBorder = (n: number, { palette }: Look): Option => ({
  borderColor: palette.surface,
  borderWidth: n <= SIGNS_MAX ? 2 : n <= 60 ? 0.5 : 0,
});
