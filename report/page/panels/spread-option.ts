/**
 * The spread of each round against what is proven, as the chart library wants it. A spread of exactly 0
 * has no place on a logarithmic axis: it gets a row of its own at the foot, marked "0", below everything
 * that has a logarithm.
 */
import type { Round } from '../../../agreement/algorithm.ts';
import type { RoundView, View } from '../../view.ts';
import { axis, escaped, tooltip } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';
import { contractionBars } from './contraction-bars.ts';

export function spreadOption(view: View, last: Round, look: Look): Option {
  const { em } = look;
  const side = { left: 5 * em, right: 1.5 * em };
  return {
    grid: [
      { ...side, top: 1.2 * em, bottom: '40%' },
      { ...side, top: '68%', bottom: 3.4 * em },
    ],
    tooltip: tooltip(look),
    xAxis: roundAxes(last, look),
    yAxis: [spreadAxis(view, look), factorAxis(view, look)],
    dataZoom: [
      { type: 'inside', xAxisIndex: [0, 1], filterMode: 'none', zoomOnMouseWheel: 'ctrl' },
    ],
    series: [
      boundLine(view, last, look),
      epsilonLine(view, last, look),
      measuredLine(view, look),
      contractionBars(view, look),
    ],
  };
}

function roundAxes(last: Round, look: Look): Option[] {
  const rounds = { min: 0, max: last, minInterval: 1 };
  return [
    axis(look, '', { ...rounds, axisLabel: { show: false } }),
    axis(look, 'round', { ...rounds, gridIndex: 1 }),
  ];
}

function spreadAxis({ rounds, epsilon }: View, look: Look): Option {
  const floor = zeroFloor(rounds, epsilon);
  const most = Math.max(...rounds.map(({ spread }) => spread), epsilon ?? 0, 1e-300);
  const top = Math.ceil(Math.log10(most) - 1e-9);
  const ticks = decades(Math.round(Math.log10(floor)), top, hasZero(rounds));
  return axis(look, 'spread', {
    type: 'log',
    min: floor,
    max: 10 ** top,
    nameGap: 3.8 * look.em,
    axisLabel: {
      customValues: ticks,
      formatter: (value: number) => tick(value, floor, hasZero(rounds)),
    },
    axisTick: { customValues: ticks },
  });
}

const TICKS_MAX = 6;

/** Down from the top, and 0 at the floor; the decade right above it is none (see zeroFloor). */
function decades(bottom: number, top: number, isZeroShown: boolean): number[] {
  const lowest = isZeroShown ? bottom + 2 : bottom;
  const step = Math.max(1, Math.ceil((top - lowest) / TICKS_MAX));
  const powers: number[] = [];
  for (let power = top; power >= lowest; power -= step) powers.push(10 ** power);
  return isZeroShown ? [...powers, 10 ** bottom] : powers;
}

function factorAxis({ rounds, contraction }: View, look: Look): Option {
  const most = Math.max(contraction ?? 0, ...rounds.map(({ factor }) => factor ?? 0));
  return axis(look, 'contraction', {
    gridIndex: 1,
    min: 0,
    max: most === 0 ? 1 : 1.3 * most,
    nameGap: 3.8 * look.em,
    splitNumber: 2,
    axisLabel: { showMaxLabel: false },
  });
}

const hasZero = (rounds: readonly RoundView[]): boolean =>
  rounds.some(({ spread }) => spread === 0);

/** Where a spread of 0 is drawn: two decades below everything that has a logarithm. */
function zeroFloor(rounds: readonly RoundView[], epsilon: number | null): number {
  const positive = rounds.map(({ spread }) => spread).filter((spread) => spread > 0);
  const least = Math.min(...positive, epsilon ?? Infinity, 1e300);
  const decade = 10 ** Math.floor(Math.log10(least));
  return hasZero(rounds) ? decade / 100 : decade / 10;
}

function tick(value: number, floor: number, isZeroShown: boolean): string {
  if (isZeroShown && value < floor * 1.1) return '0';
  const power = Math.round(Math.log10(value));
  return power >= -3 && power <= 3 ? String(Number(value.toPrecision(3))) : `1e${power}`;
}

function boundLine({ rounds, contraction }: View, last: Round, { palette }: Look): Option {
  const first = rounds[0]?.spread ?? 0;
  const isKnown = contraction !== null && first > 0;
  return {
    id: 'bound',
    name: 'proven bound',
    type: 'line',
    data: isKnown
      ? Array.from({ length: last + 1 }, (_, round) => [round, contraction ** round * first])
      : [],
    symbol: 'none',
    lineStyle: { color: palette.bound, type: 'dashed', width: 1.8 },
    itemStyle: { color: palette.bound },
    tooltip: { show: false },
  };
}

/** A series: on a logarithmic axis the library draws no lines of other kinds. */
function epsilonLine({ epsilon }: View, last: Round, { palette, em }: Look): Option {
  return {
    id: 'epsilon',
    name: 'ε',
    type: 'line',
    data:
      epsilon === null
        ? []
        : [{ value: [0, epsilon], label: { show: true } }, { value: [last, epsilon] }],
    symbolSize: 1,
    label: {
      show: false,
      position: 'insideBottomLeft',
      formatter: `ε = ${epsilon ?? '?'}`,
      color: palette.epsilon,
      fontSize: 0.78 * em,
    },
    lineStyle: { color: palette.epsilon, type: 'dashed', width: 1.5 },
    itemStyle: { color: palette.epsilon },
    tooltip: { show: false },
  };
}

/** Each point keeps the true spread beside the place where it is drawn. */
function measuredLine({ rounds, epsilon }: View, look: Look): Option {
  const { palette, em } = look;
  const floor = zeroFloor(rounds, epsilon);
  return {
    id: 'spread',
    name: 'spread',
    type: 'line',
    data: rounds.map(({ round, spread, isWhole }) => ({
      value: [round, spread > 0 ? spread : floor],
      spread,
      symbol: spread === 0 ? 'triangle' : isWhole ? 'circle' : 'emptyCircle',
      symbolRotate: spread === 0 ? 180 : 0,
    })),
    showAllSymbol: true,
    symbolSize: 0.6 * em,
    lineStyle: { color: palette.accent, width: 2.2 },
    itemStyle: { color: palette.accent },
    z: 5,
    tooltip: {
      formatter: ({ data }: { data: { value: readonly [number, number]; spread: number } }) =>
        escaped(`round ${data.value[0]}: spread ${data.spread}`),
    },
  };
}
