import type { PageConfig } from './page-data.ts';

/** "uniform from 0 to 20 ms, in order per link". */
export function delayInWords({ delay, order }: Pick<PageConfig, 'delay' | 'order'>): string {
  return `${distributionInWords(delay)}, ${order === 'fifo' ? 'in order per link' : 'in any order'}`;
}

export function distributionInWords(delay: PageConfig['delay']): string {
  switch (delay.kind) {
    case 'uniform':
      return `uniform from ${delay.minMs} to ${delay.maxMs} ms`;
    case 'constant':
      return `constant ${delay.delayMs} ms`;
    case 'exponential':
      return `${delay.minMs} ms plus exponential with mean ${delay.meanMs} ms, at most ${delay.capMs} ms`;
    case 'lognormal':
      return `lognormal with median ${delay.medianMs} ms and σ ${delay.sigma}, at most ${delay.capMs} ms`;
    case 'pareto':
      return `Pareto from ${delay.minMs} ms with α ${delay.alpha}, at most ${delay.capMs} ms`;
  }
}
