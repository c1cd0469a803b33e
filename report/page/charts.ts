/** The chart library, the few parts of it that the page uses, and what every plot has in common. */
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  DataZoomComponent,
  GridComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { element } from './element.ts';
import { paletteOf } from './palette.ts';
import type { Palette } from './palette.ts';
import { isDark, onThemeChange } from './theme.ts';

use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  DataZoomComponent,
  GridComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  CanvasRenderer,
  SVGRenderer,
]);

export type Option = EChartsCoreOption;

/** Colours and the size of text, which is larger on a projector. */
export interface Look {
  readonly palette: Palette;
  /** Pixels of normal text. */
  readonly em: number;
}

export interface Chart {
  readonly name: string;
  readonly element: HTMLElement;
  /** Draws when the plot comes near the window, and again when the colours change. */
  show(build: (look: Look) => Option): void;
  /** Draws now, if it is not drawn yet. */
  instance(): ECharts;
  /** In rem. */
  setHeight(height: number): void;
  /** What a screen reader says instead of the picture. */
  describe(sentence: string): void;
  svg(): string;
  png(): Promise<Blob>;
  /** Called once, as soon as there is an instance. */
  onReady(action: (instance: ECharts) => void): void;
}

/** All plots of the page by name: for scripts and tests. */
export const charts = new Map<string, Chart>();

const NEAR_PX = 700;

/** One plot's state. */
interface Drawing {
  readonly host: HTMLElement;
  readonly readyActions: ((instance: ECharts) => void)[];
  made: ECharts | null;
  build: ((look: Look) => Option) | null;
  isDrawn: boolean;
  /** Tells again whether it is near: an observer tells only of changes. */
  watchAgain: () => void;
}

/** Heights are in rem, so that plots grow with the text. */
export function createChart(name: string, height: number): Chart {
  const host = element('div', { class: 'chart', role: 'img', tabindex: 0, 'data-chart': name });
  host.style.height = `${height}rem`;
  const drawing: Drawing = {
    host,
    readyActions: [],
    made: null,
    build: null,
    isDrawn: false,
    watchAgain: () => undefined,
  };
  watch(drawing);
  onThemeChange(() => {
    redraw(drawing);
  });
  const chart = chartOf(name, drawing);
  charts.set(name, chart);
  return chart;
}

const chartOf = (name: string, drawing: Drawing): Chart => ({
  name,
  element: drawing.host,
  show(build) {
    drawing.build = build;
    redraw(drawing);
  },
  instance: () => draw(drawing),
  setHeight(height) {
    drawing.host.style.height = `${height}rem`;
    drawing.made?.resize();
  },
  describe(sentence) {
    drawing.host.setAttribute('aria-label', sentence);
  },
  svg: () => picture(drawing, 'svg', (instance) => instance.renderToSVGString()),
  png: async () => blobOf(picture(drawing, 'canvas', asPng)),
  onReady(action) {
    drawing.readyActions.push(action);
    if (drawing.made !== null) action(drawing.made);
  },
});

function draw(drawing: Drawing): ECharts {
  const made = drawing.made ?? start(drawing);
  if (!drawing.isDrawn && drawing.build !== null) {
    made.setOption(complete(drawing.build, look()), { notMerge: true });
    drawing.isDrawn = true;
  }
  return made;
}

function start(drawing: Drawing): ECharts {
  const made = init(drawing.host);
  drawing.made = made;
  new ResizeObserver(() => {
    made.resize();
  }).observe(drawing.host);
  for (const action of drawing.readyActions) action(made);
  return made;
}

/** Something has changed; what nobody sees is drawn when somebody comes to see it. */
function redraw(drawing: Drawing): void {
  drawing.isDrawn = false;
  if (isSeen(drawing.host)) draw(drawing);
  else drawing.watchAgain();
}

function look(): Look {
  const em = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return { palette: paletteOf(isDark()), em };
}

/** What all plots share. */
function complete(build: (look: Look) => Option, shared: Look): Option {
  const { palette, em } = shared;
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: FONT, fontSize: 0.8 * em, color: palette.ink },
    ...build(shared),
  };
}

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

function isSeen(host: HTMLElement): boolean {
  const { top, bottom, width } = host.getBoundingClientRect();
  return width > 0 && top < innerHeight && bottom > 0;
}

/** A page of ten plots opens with the two that are seen; the next ones follow before they are. */
function watch(drawing: Drawing): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) draw(drawing);
    },
    { rootMargin: `${NEAR_PX}px` },
  );
  drawing.watchAgain = () => {
    observer.unobserve(drawing.host);
    observer.observe(drawing.host);
  };
  drawing.watchAgain();
  addEventListener('beforeprint', () => draw(drawing));
}

const asPng = (instance: ECharts): string =>
  instance.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: look().palette.surface });

/** The plot once more, off the page and as it stands, with the library's other renderer. */
function picture(
  { host, build }: Drawing,
  renderer: 'svg' | 'canvas',
  take: (instance: ECharts) => string,
): string {
  const width = Math.max(320, host.clientWidth);
  const height = Math.max(160, host.clientHeight);
  const isSvg = renderer === 'svg';
  const instance = init(isSvg ? null : element('div'), null, {
    renderer,
    ssr: isSvg,
    width,
    height,
  });
  try {
    const option = build === null ? {} : complete(build, look());
    instance.setOption({ ...option, backgroundColor: look().palette.surface });
    return take(instance);
  } finally {
    instance.dispose();
  }
}

function blobOf(dataUrl: string): Blob {
  const [head = '', body = ''] = dataUrl.split(',');
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: /data:([^;]+)/.exec(head)?.[1] ?? 'image/png' });
}
