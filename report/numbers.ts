/** Numbers for people. */

/** Three significant digits: 0.000431, 12.3, 1.2e+15. */
export const short = (x: number): string => `${Number(x.toPrecision(3))}`;

/** Milliseconds in: "0.4 ms", "120 ms", "3.2 s". */
export function duration(ms: number): string {
  if (Math.abs(ms) >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.abs(ms) < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
}

/** "812 B", "4.2 kB", "61 MB"; thousands, not 1024s. */
export function inBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Number((bytes / 1e3).toFixed(1))} kB`;
  return `${Math.round(bytes / 1e6)} MB`;
}
