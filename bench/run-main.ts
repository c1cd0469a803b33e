/** One run without what comes after it: no verdict, no report. What its processes cost, nothing else. */
import { readFileSync } from 'node:fs';
import { prepareRun } from '../launcher/prepare-run.ts';
import { runProcesses } from '../launcher/run-processes.ts';
import { watchForInterruption } from '../launcher/signals.ts';
import { runFiles } from '../record/run-directory.ts';
import { runEntryPoint } from '../runtime/lifecycle.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import type { BareRun } from './processes.ts';

const { file, folder, isRecorded, tls } = JSON.parse(process.argv[2] ?? '{}') as BareRun;

runEntryPoint('bench', async () => {
  const flags = tls ? { tls: 'on' } : {};
  const { interrupted } = watchForInterruption();
  const prepared = await prepareRun({ file, flags, root: folder });
  await runProcesses(prepared, {
    waitMs: 120_000,
    fixedPorts: false,
    isRecorded,
    onProgress: () => undefined,
    interrupted,
  });
  refuseUnlessAllEndedWell(prepared.directory);
  return 0;
});

/** A run that was cut short would look cheap. The launcher's own record is always there. */
function refuseUnlessAllEndedWell(directory: string): void {
  const ends = readFileSync(runFiles.launcherEvents(directory), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"kind":"exited"'));
  if (ends.length > 0 && ends.every((line) => line.includes('"code":0,'))) return;
  throw new OperatingError('run-failed', `not every process of ${directory} ended well`);
}
