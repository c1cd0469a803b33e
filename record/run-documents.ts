/** Writes the documents of a run directory: what the run is, and in the end what it was. */
import { availableParallelism } from 'node:os';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { makeFolder } from './make-folder.ts';
import { replaceFile } from './replace-file.ts';
import type { Result } from './result.ts';
import type { Environment, RunCommand } from './run-command.ts';
import { runFiles } from './run-directory.ts';

export interface RunDocuments {
  /** The config file, byte for byte. */
  readonly given: string | Uint8Array;
  readonly config: RunConfig;
  readonly plan: FaultPlan;
  readonly command: RunCommand;
  /** The user's algorithm; without it the algorithm is built in. */
  readonly own?: AlgorithmDocuments | null;
}

export interface AlgorithmDocuments {
  /** One module, as it runs. */
  readonly code: string;
  /** What it was made of: relative path → content. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Before any process of the run starts. Throws what the file system throws. */
export function writeRunDocuments(directory: string, documents: RunDocuments): void {
  writeFileSync(runFiles.given(directory), documents.given);
  writeFileSync(runFiles.resolved(directory), asJson(documents.config));
  writeFileSync(runFiles.plan(directory), asJson(documents.plan));
  writeFileSync(runFiles.command(directory), asJson(documents.command));
  const { own = null } = documents;
  if (own !== null) writeAlgorithm(directory, own);
}

function writeAlgorithm(directory: string, { code, sources }: AlgorithmDocuments): void {
  writeFileSync(runFiles.algorithm(directory), code);
  for (const [name, content] of sources) {
    const path = join(runFiles.algorithmSources(directory), name);
    makeFolder(dirname(path));
    writeFileSync(path, content);
  }
}

/** After the run. Overwrites: the same record judged again gives the same documents. */
export function writeResultDocuments(directory: string, result: Result, summary: string): void {
  replaceFile(runFiles.result(directory), asJson(result));
  replaceFile(runFiles.summary(directory), summary);
}

/** After the result. Overwrites, as the result does. */
export function writeReportDocument(directory: string, html: string): void {
  replaceFile(runFiles.report(directory), html);
}

/** This machine, for command.json. */
export const currentEnvironment = (): Environment => ({
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpus: availableParallelism(),
});

const asJson = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;
