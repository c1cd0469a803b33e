/** Who sent what to whom and what became of it: a lane per node, an arrow per message. */
import { messageTable } from '../../tables/messages.ts';
import { createChart } from '../charts.ts';
import type { Chart } from '../charts.ts';
import { element } from '../element.ts';
import { createFrame } from '../panel.ts';
import type { Frame, Panel } from '../panel.ts';
import type { Axis } from '../space-time-layout.ts';
import {
  createSpaceTimeState,
  extentOf,
  reselect,
  selectionInWords,
  takeView,
} from '../space-time-state.ts';
import type { SpaceTimeState } from '../space-time-state.ts';
import { zoomButtons, zoomByKeys, zoomOf } from '../zoom.ts';
import { messageDetails } from './message-details.ts';
import { createSpaceTimeControls } from './space-time-controls.ts';
import { spaceTimeOption } from './space-time-option.ts';

interface Parts {
  readonly chart: Chart;
  readonly frame: Frame;
  readonly note: HTMLElement;
  readonly details: HTMLElement;
}

export function createSpaceTimePanel(): Panel {
  const state = createSpaceTimeState();
  const parts = createParts(state);
  const { chart, frame } = parts;
  const draw = (): void => {
    redraw(state, parts);
    frame.refresh();
  };
  const controls = createSpaceTimeControls(state, draw);
  frame.controls.append(...controls.elements, ...zoomButtons(chart));
  zoomByKeys(chart);
  listen(state, parts);
  return {
    element: frame.element,
    show(view) {
      takeView(state, view);
      controls.show(view);
      draw();
    },
  };
}

function createParts(state: SpaceTimeState): Parts {
  const chart = createChart('space-time', 28);
  const frame = createFrame({
    id: 'space-time',
    title: 'Messages in space and time',
    what:
      'A lane is a node, an arrow a message from when it was sent to when it was handed to its ' +
      'receiver’s algorithm, delay included. Click one for its story. Clocks of two processes agree to ' +
      'about a millisecond.',
    chart,
    table: () => state.view && messageTable(state.view, state.filter),
    isWide: true,
  });
  const note = element('p', { class: 'note', role: 'status' });
  const details = element('div', { class: 'details', role: 'status' });
  frame.after.append(note, details);
  return { chart, frame, note, details };
}

/** While a zoom goes on only the picture moves; what is to be drawn is chosen when it rests. */
const REST_MS = 120;

function listen(state: SpaceTimeState, parts: Parts): void {
  let resting = 0;
  parts.chart.onReady((instance) => {
    instance.on('click', (event) => {
      if (event.seriesId !== 'messages') return;
      state.chosen = state.selection.rows[event.dataIndex] ?? null;
      redraw(state, parts);
    });
    instance.on('datazoom', () => {
      clearTimeout(resting);
      resting = window.setTimeout(() => {
        state.zoom = zoomOf(parts.chart);
        redraw(state, parts);
      }, REST_MS);
    });
  });
}

function redraw(state: SpaceTimeState, { chart, note, details }: Parts): void {
  reselect(state);
  const { view, axis, places, selection, chosen, zoom } = state;
  if (view === null || places === null) return;
  const { rows } = selection;
  const extent = extentOf(state);
  const diagram = { view, axis, places: places[axis], extent, zoom, rows, chosen };
  chart.setHeight(heightOf(view.n));
  chart.show((look) => spaceTimeOption(diagram, look));
  chart.describe(
    `Space-time diagram of ${view.messages.count} messages between ${view.n} nodes, by ${axis}; ` +
      `${rows.length} are drawn. The table below has them all.`,
  );
  note.textContent = [selectionInWords(state), AXIS_NOTES[axis], HOW_TO_MOVE].join(' ');
  details.replaceChildren(...(chosen === null ? [] : [messageDetails(view, chosen)]));
}

const AXIS_NOTES: Readonly<Record<Axis, string>> = {
  round:
    'Every round is as wide as every other; an arrow that leans back came to a node that was still in ' +
    'an earlier round.',
  time: '',
};

const HOW_TO_MOVE =
  'Drag to move, Ctrl and wheel to zoom; with the keyboard: arrow keys, + and −, 0.';

/** In rem: lanes that can be told apart, and a plot that fits a screen. */
const heightOf = (n: number): number =>
  Math.min(54, 8.5 + n * (n <= 12 ? 2.9 : n <= 30 ? 1.5 : 0.75));
