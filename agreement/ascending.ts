/**
 * Sorts the elements from `first` to before `end` in place; none may be NaN. Shell's method with the
 * gaps of M. Ciura (2001): for up to some thousands of numbers it takes half the time of a call into
 * the engine's own sort, and a run makes such a call per multicast and per update.
 */
export function sortAscending(values: Float64Array, first = 0, end = values.length): void {
  for (const gap of GAPS) {
    for (let next = first + gap; next < end; next += 1) {
      const value = values[next] as number;
      let at = next;
      for (; at >= first + gap && (values[at - gap] as number) > value; at -= gap) {
        values[at] = values[at - gap] as number;
      }
      values[at] = value;
    }
  }
}

const GAPS = [1750, 701, 301, 132, 57, 23, 10, 4, 1];
