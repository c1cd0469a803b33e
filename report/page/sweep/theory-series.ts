/** What is proven, in the same plot: dashed the worst case, dotted the lower bound. */
import type { CellResult } from '../../sweep-data.ts';
import { theoryLines } from '../../sweep-view.ts';
import type { Group, Line } from '../../sweep-view.ts';
import type { Look, Option } from '../charts.ts';
import { colourOf } from './colours.ts';
import type { Drawn } from './drawn.ts';

/** A line that is the same for all colours is drawn once, in the colour of bounds. */
export function theorySeries(
  drawn: Drawn,
  group: Group,
  axes: Readonly<Record<string, number>>,
  look: Look,
): Option[] {
  const beside = drawn.groups.filter(({ facet }) => facet === group.facet);
  return theoryLines(drawn.measure.name, drawn.engine).flatMap((line) => {
    const isShared = beside.every((other) => isSame(line, other, beside[0] ?? other));
    if (isShared && group !== beside[0]) return [];
    const color = isShared ? look.palette.bound : colourOf(drawn.colours, group.colour, look);
    const data = group.cells.flatMap(({ x, result }) => {
      const value = line.at(result);
      return value === null || (drawn.isLog && value <= 0) ? [] : place(drawn, x, value);
    });
    return [lineOf(line, { id: `${line.name} ${group.facet} ${group.colour}`, axes, data, color })];
  });
}

/** Along numbers a point of a line; where there is nothing between values, a dash of its own. */
function place(drawn: Drawn, x: string, value: number): (readonly (number | string)[])[] {
  const at = middleOf(drawn, x);
  if (drawn.positions.isJoined) return [[at, value]];
  return [
    [at - DASH, value],
    [at + DASH, value],
    [at + DASH, NOTHING],
  ];
}

/** Half of it; words are 1 apart. */
const DASH = 0.35;

/** The library breaks a line at it. */
const NOTHING = '-';

const middleOf = ({ positions }: Drawn, x: string): number =>
  positions.ticks.find(({ text }) => text === x)?.at ?? 0;

function isSame(line: Line, one: Group, other: Group): boolean {
  const byX = new Map(other.cells.map(({ x, result }) => [x, line.at(result)]));
  const at = (cell: CellResult): number | null => line.at(cell);
  return one.cells.every(({ x, result }) => !byX.has(x) || byX.get(x) === at(result));
}

interface Drawing {
  readonly id: string;
  readonly axes: Readonly<Record<string, number>>;
  readonly data: readonly (readonly (number | string)[])[];
  readonly color: string;
}

function lineOf({ name }: Line, { id, axes, data, color }: Drawing): Option {
  return {
    id,
    type: 'line',
    ...axes,
    data,
    // One point alone would be no line.
    symbol: data.length === 1 ? 'rect' : 'none',
    symbolSize: [14, 2],
    lineStyle: { color, width: 1.8, type: name === 'worst case' ? 'dashed' : 'dotted' },
    itemStyle: { color },
    tooltip: { show: false },
    silent: true,
    z: 6,
  };
}
