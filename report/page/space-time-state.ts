/** What the space-time diagram shows just now, and what follows from it. */
import { allMessages } from '../tables/messages.ts';
import type { MessageFilter } from '../tables/messages.ts';
import { isFaulty } from '../view.ts';
import type { View } from '../view.ts';
import { placesByRound, placesByTime, selectMessages } from './space-time-layout.ts';
import type { Axis, Places, Selection } from './space-time-layout.ts';

/** Per cent of an axis that is seen. */
export interface Zoom {
  readonly start: number;
  readonly end: number;
}

export const WHOLE: Zoom = { start: 0, end: 100 };

export interface SpaceTimeState {
  view: View | null;
  axis: Axis;
  filter: MessageFilter;
  places: Readonly<Record<Axis, Places>> | null;
  /** Along time, and across the lanes. */
  zoom: { x: Zoom; y: Zoom };
  selection: Selection;
  /** A row of the message table. */
  chosen: number | null;
}

export const createSpaceTimeState = (): SpaceTimeState => ({
  view: null,
  axis: 'round',
  filter: allMessages,
  places: null,
  zoom: { x: WHOLE, y: WHOLE },
  selection: { rows: [], matching: 0 },
  chosen: null,
});

/** In smaller runs all messages are shown at first, in larger ones those of one node. */
const ALL_SHOWN_MAX = 1500;

export function takeView(state: SpaceTimeState, view: View): void {
  const isFirst = state.view === null;
  state.view = view;
  state.places = { round: placesByRound(view), time: placesByTime(view) };
  if (!isFirst || view.messages.count <= ALL_SHOWN_MAX) return;
  const node = view.nodes.find((each) => !isFaulty(each))?.id ?? 1;
  state.filter = { ...state.filter, node };
}

/** Which messages to draw, after anything has changed. */
export function reselect(state: SpaceTimeState): void {
  const { view, places, axis, filter, zoom } = state;
  if (view === null || places === null) return;
  const [first, last] = extentOf(state);
  const at = (percent: number): number => first + ((last - first) * percent) / 100;
  const window = { from: at(zoom.x.start), to: at(zoom.x.end) };
  state.selection = selectMessages(view.messages, filter, places[axis], window);
}

/** Of the whole axis. */
export function extentOf({ view, places, axis }: SpaceTimeState): [number, number] {
  if (view === null || places === null) return [0, 1];
  if (axis === 'round') return [0, Math.max(1, (view.rounds.at(-1)?.round ?? 0) + 1)];
  let last = (view.data.master.finish?.t ?? 0) / 1000;
  for (const ends of [places.time.start, places.time.end]) {
    for (const x of ends) if (x > last) last = x;
  }
  return [0, Math.max(1, Math.ceil(last))];
}

/** In words, for the line below the diagram. */
export function selectionInWords({ selection, view }: SpaceTimeState): string {
  const { rows, matching } = selection;
  const all = (view?.messages.count ?? 0).toLocaleString('en');
  if (rows.length === matching)
    return `${matching.toLocaleString('en')} of ${all} messages are drawn.`;
  return (
    `${rows.length.toLocaleString('en')} of ${matching.toLocaleString('en')} messages are drawn, ` +
    'evenly chosen: zoom in, take one node or fewer fates to see each.'
  );
}
