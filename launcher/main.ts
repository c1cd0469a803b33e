/** The commands. Each loads its own code only when it is called. */
import { keywords } from '../configs/grammar.ts';
import { runEntryPoint } from '../runtime/lifecycle.ts';
import type { Command } from './command.ts';
import { refuseFlagsTakenByNpm } from './command.ts';
import { runCommand } from './run-command.ts';
import { UsageError } from './usage-error.ts';

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  cluster: async () => (await import('./commands/cluster-command.ts')).cluster,
  master: async () => (await import('./commands/master-command.ts')).master,
  node: async () => (await import('./commands/node-command.ts')).node,
  join: async () => (await import('./commands/join-command.ts')).join,
  keys: async () => (await import('./commands/keys-command.ts')).keys,
  soak: async () => (await import('./commands/soak-command.ts')).soak,
  fuzz: async () => (await import('./commands/fuzz-command.ts')).fuzz,
  simulate: async () => (await import('./commands/simulate-command.ts')).simulate,
  check: async () => (await import('./commands/check-command.ts')).check,
  search: async () => (await import('./commands/search-command.ts')).search,
  report: async () => (await import('./commands/report-command.ts')).report,
  explain: async () => (await import('./commands/explain-command.ts')).explain,
  sweep: async () => (await import('./commands/sweep-command.ts')).sweep,
  slurm: async () => (await import('./commands/slurm-command.ts')).slurm,
  k8s: async () => (await import('./commands/k8s-command.ts')).k8s,
};

runEntryPoint('within', async () => {
  const [name = '', ...words] = process.argv.slice(2);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    throw new UsageError(
      `no command "${name}". Commands: ${Object.keys(commands).join(', ')}, bench; e.g. npm run cluster -- configs/5nodes.txt`,
    );
  }
  const command = await load();
  refuseFlagsTakenByNpm([...keywords, ...(command.flags ?? [])]);
  return runCommand(command, words);
});
