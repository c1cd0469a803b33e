/** The page's entry: reads the data that the file carries, and shows it. */
import type { PageDocument } from '../page-data.ts';
import { charts } from './charts.ts';
import { createComparisonPage } from './comparison-page.ts';
import { startLivePage } from './live/live-page.ts';
import { createRunPage } from './run-page.ts';
import { createSweepPage } from './sweep/sweep-page.ts';
import { paletteOf } from './palette.ts';
import { isDark, onThemeChange, startTheme } from './theme.ts';

/** For scripts and tests: what is shown, and the plots by name. */
declare global {
  interface Window {
    within: { document: PageDocument; readonly charts: typeof charts; readyMs: number };
  }
}

function start(): void {
  onThemeChange(applyColours);
  startTheme();
  const carried = document.getElementById('within-data')?.textContent ?? '';
  const shown = JSON.parse(carried) as PageDocument;
  window.within = { document: shown, charts, readyMs: NaN };
  const root = document.getElementById('within');
  if (shown.kind === 'live') {
    root?.replaceChildren(startLivePage(shown.run));
  } else if (shown.kind === 'run') {
    const page = createRunPage();
    root?.replaceChildren(page.element);
    page.show(shown.run);
  } else if (shown.kind === 'comparison') {
    root?.replaceChildren(createComparisonPage(shown));
  } else {
    root?.replaceChildren(createSweepPage(shown));
  }
  requestAnimationFrame(() => {
    window.within.readyMs = performance.now();
  });
}

/** The colours of the plots, for legends. */
function applyColours(): void {
  const { fates, accent, crash, bound, epsilon } = paletteOf(isDark());
  const { style } = document.documentElement;
  for (const [fate, color] of Object.entries(fates)) style.setProperty(`--fate-${fate}`, color);
  for (const [name, color] of Object.entries({ accent, crash, bound, epsilon })) {
    style.setProperty(`--${name}`, color);
  }
}

start();
