/** Numbers in short, as a config may have them: "1-3 5". */
export function spansOf(ids: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const id of ids.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.[1] === id - 1) last[1] = id;
    else spans.push([id, id]);
  }
  return spans.map(([first, last]) => spanOf(first, last)).join(' ');
}

export const spanOf = (first: number, last: number): string =>
  first === last ? `${first}` : `${first}-${last}`;
