/** Axes, tooltips and lines that look the same in every plot. */
import type { Look, Option } from './charts.ts';

/** `extra` wins. */
export function axis({ palette, em }: Look, name: string, extra: Option = {}): Option {
  const { axisLabel, ...others } = extra;
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 2 * em,
    nameTextStyle: { color: palette.muted, fontSize: 0.8 * em },
    axisLine: { show: true, lineStyle: { color: palette.muted } },
    axisTick: { lineStyle: { color: palette.muted } },
    splitLine: { lineStyle: { color: palette.line } },
    axisLabel: {
      color: palette.muted,
      fontSize: 0.78 * em,
      ...(axisLabel as Option | undefined),
    },
    ...others,
  };
}

export function tooltip({ palette, em }: Look, extra: Option = {}): Option {
  return {
    trigger: 'item',
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette.muted,
    textStyle: { color: palette.ink, fontSize: 0.8 * em },
    ...extra,
  };
}

/** A straight line with a name, at one value of an axis. */
export function markLine(
  { em }: Look,
  lines: readonly {
    readonly at: Option;
    readonly label: string;
    readonly color: string;
    readonly position?: string;
  }[],
): Option {
  return {
    silent: true,
    symbol: 'none',
    data: lines.map(({ at, label, color, position = 'insideEndTop' }) => ({
      ...at,
      lineStyle: { color, type: 'dashed', width: 1.5 },
      label: { show: true, formatter: label, position, color, fontSize: 0.78 * em },
    })),
  };
}

/** Tooltips are HTML: what comes from a record must not be read as such. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
