/** What a colour says is also said by a symbol. */
import type { Look } from '../charts.ts';

const SYMBOLS = ['circle', 'triangle', 'rect', 'diamond', 'pin', 'arrow', 'roundRect', 'circle'];
export const MARKS = ['●', '▲', '■', '◆', '⬧', '➤', '▬', '●'];

export function colourOf(colours: readonly string[], colour: string, { palette }: Look): string {
  const { nodes } = palette;
  return nodes[Math.max(0, colours.indexOf(colour)) % nodes.length] ?? palette.accent;
}

export const symbolOf = (colours: readonly string[], colour: string): string =>
  SYMBOLS[Math.max(0, colours.indexOf(colour)) % SYMBOLS.length] ?? 'circle';

export const markOf = (index: number): string => MARKS[index % MARKS.length] ?? '●';
