/**
 * Colours of plots. The hues are Okabe and Ito's, told apart with every common colour blindness; what
 * a colour says is also said by a symbol, a dash or a word.
 */
import type { Fate } from '../page-data.ts';

export interface Palette {
  readonly isDark: boolean;
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly band: string;
  readonly accent: string;
  readonly crash: string;
  readonly bound: string;
  readonly epsilon: string;
  /** For up to eight nodes. */
  readonly nodes: readonly string[];
  /** For more. */
  readonly crowd: string;
  readonly fates: Readonly<Record<Fate, string>>;
  /** Few to many. */
  readonly scale: readonly [string, string];
}

const light: Palette = {
  isDark: false,
  surface: '#ffffff',
  ink: '#1c2126',
  muted: '#5c6772',
  line: '#dfe3e7',
  band: 'rgba(0, 114, 178, 0.10)',
  accent: '#0072b2',
  crash: '#c44900',
  bound: '#8a6d00',
  epsilon: '#00805c',
  nodes: ['#0072b2', '#c98500', '#009e73', '#cc79a7', '#3aa5dd', '#6b4fa0', '#7a6a4f', '#3d4750'],
  crowd: '#4682b0',
  fates: {
    u: '#0072b2',
    l: '#e6a100',
    i: '#8d99a5',
    p: '#009e73',
    c: '#a83400',
    d: '#c0619a',
    n: '#b9c1c9',
  },
  scale: ['#eef4f9', '#0b5c94'],
};

const dark: Palette = {
  isDark: true,
  surface: '#181d23',
  ink: '#e9edf1',
  muted: '#9ba8b4',
  line: '#303943',
  band: 'rgba(86, 180, 233, 0.14)',
  accent: '#56b4e9',
  crash: '#ff8a4c',
  bound: '#e3c13a',
  epsilon: '#2fd0a0',
  nodes: ['#56b4e9', '#f0a92e', '#2fc79a', '#e79ac4', '#9fd3f2', '#b79cf0', '#c9b48a', '#d5dce3'],
  crowd: '#7fb9e0',
  fates: {
    u: '#56b4e9',
    l: '#f7cf52',
    i: '#7f8b97',
    p: '#2fc79a',
    c: '#e8622c',
    d: '#e79ac4',
    n: '#4d5863',
  },
  scale: ['#1f2a34', '#6cc0f2'],
};

export const paletteOf = (isDark: boolean): Palette => (isDark ? dark : light);
