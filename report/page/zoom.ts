/** Zoom and move a plot without a mouse. The plot has a dataZoom for each axis that can be zoomed. */
import type { Chart } from './charts.ts';
import { button } from './element.ts';
import type { Zoom } from './space-time-state.ts';

const X = 0;
const Y = 1;

export function zoomButtons(chart: Chart): HTMLElement[] {
  return [
    button('+', { 'aria-label': 'Zoom in', class: 'small' }, () => zoom(chart, X, 0.5)),
    button('−', { 'aria-label': 'Zoom out', class: 'small' }, () => zoom(chart, X, 2)),
    button('reset', { 'aria-label': 'Show everything', class: 'small' }, () => reset(chart)),
  ];
}

export function zoomByKeys(chart: Chart): void {
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(chart, X, -0.2),
    ArrowRight: () => move(chart, X, 0.2),
    ArrowUp: () => move(chart, Y, -0.2),
    ArrowDown: () => move(chart, Y, 0.2),
    '+': () => zoom(chart, X, 0.5),
    '-': () => zoom(chart, X, 2),
    '0': () => reset(chart),
  };
  chart.element.addEventListener('keydown', (event) => {
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

function windowOf(chart: Chart, index: number): Zoom {
  const { dataZoom } = chart.instance().getOption() as { dataZoom?: readonly Zoom[] };
  const { start = 0, end = 100 } = dataZoom?.[index] ?? {};
  return { start, end };
}

/** What is seen of both axes. */
export const zoomOf = (chart: Chart): { x: Zoom; y: Zoom } => ({
  x: windowOf(chart, X),
  y: windowOf(chart, Y),
});

function setWindow(chart: Chart, index: number, start: number, end: number): void {
  chart.instance().dispatchAction({ type: 'dataZoom', dataZoomIndex: index, start, end });
}

/** `share` of what is seen. */
function move(chart: Chart, index: number, share: number): void {
  const { start, end } = windowOf(chart, index);
  const width = end - start;
  const from = Math.min(Math.max(0, start + share * width), 100 - width);
  setWindow(chart, index, from, from + width);
}

/** Around the middle of what is seen. */
function zoom(chart: Chart, index: number, factor: number): void {
  const { start, end } = windowOf(chart, index);
  const half = Math.min(50, Math.max(0.5, ((end - start) * factor) / 2));
  const middle = Math.min(Math.max((start + end) / 2, half), 100 - half);
  setWindow(chart, index, middle - half, middle + half);
}

function reset(chart: Chart): void {
  setWindow(chart, X, 0, 100);
  setWindow(chart, Y, 0, 100);
}
