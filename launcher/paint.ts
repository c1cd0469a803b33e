/** Colours of the summary: in a terminal only, and never when NO_COLOR is set (no-color.org). */
import { styleText } from 'node:util';
import type { Paint, Tone } from '../report/summary.ts';

const formats: Readonly<Record<Tone, 'green' | 'red' | 'yellow' | 'dim'>> = {
  good: 'green',
  bad: 'red',
  doubtful: 'yellow',
  dim: 'dim',
};

export function paintFor(stream: NodeJS.WriteStream): Paint {
  const isColoured = stream.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  return isColoured ? (text, tone) => styleText(formats[tone], text) : (text) => text;
}
