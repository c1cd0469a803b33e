/** What a benchmark has measured, part by part. */
import { loadavg } from 'node:os';
import { currentEnvironment } from '../record/run-documents.ts';
import type { Growth } from './parts/growth.ts';
import type { Memory } from './parts/memory.ts';
import type { Steady } from './parts/steady.ts';
import type { Watched } from './parts/watched.ts';
import type { Whole } from './parts/whole.ts';
import type { SimulatorSpeed } from './simulator-main.ts';

export interface Parts {
  readonly whole: readonly Whole[];
  readonly steady: Steady;
  readonly memory: Memory;
  readonly watched: Watched;
  readonly simulator: readonly SimulatorSpeed[];
  readonly growth: readonly Growth[];
}

/** A part and how busy the machine was with everything, this benchmark included. */
export type Measured<Part> = { readonly value: Part; readonly load: Load };

/** Load averages over one minute: processes that ran or wanted to. */
export interface Load {
  readonly before: number;
  readonly after: number;
}

export interface Results {
  readonly version: 1;
  readonly isQuick: boolean;
  readonly environment: { readonly node: string; readonly platform: string; readonly cpus: number };
  readonly parts: { readonly [Name in keyof Parts]?: Measured<Parts[Name]> };
}

export const noResults = (isQuick: boolean): Results => ({
  version: 1,
  isQuick,
  environment: currentEnvironment(),
  parts: {},
});

export async function withLoad<Part>(measure: () => Promise<Part>): Promise<Measured<Part>> {
  const [before = NaN] = loadavg();
  const value = await measure();
  const [after = NaN] = loadavg();
  return { value, load: { before, after } };
}
