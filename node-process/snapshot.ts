/**
 * The script of `node --build-snapshot` (launcher/node-snapshot.ts). It rehearses: a few nodes live through
 * a whole run in this process. Node.js then writes the memory of the process to a file, what V8 has compiled
 * included, its own code for sockets and files too. A process that starts from that file is a node at once.
 */
import { startupSnapshot } from 'node:v8';
import type { LaunchedNode, Rehearsal } from '../runtime/ipc.ts';
import { live, runLaunchedNode } from './launched-node.ts';

startupSnapshot.setDeserializeMainFunction(() => {
  const [, , options] = process.argv;
  // Without options it only shows that it can be started.
  if (options === undefined) return;
  lendImport();
  runLaunchedNode(JSON.parse(options) as LaunchedNode);
});

void rehearse(JSON.parse(process.argv[2] ?? '{}') as Rehearsal);

/** Rejects, and the process ends with an error, when a node could not live its life to the end. */
async function rehearse({ master, nodes }: Rehearsal): Promise<void> {
  const told = { master: Promise.resolve(master), mustLeave: new Promise<never>(() => undefined) };
  await Promise.all(nodes.map((options) => live(options, told)));
}

/** As launcher/run.cjs does for bundles; here too `import` needs somebody who knows the loader. */
function lendImport(): void {
  const importForBundles = (specifier: string): unknown => {
    const { Script, constants } = process.getBuiltinModule('node:vm');
    const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    const script = new Script('(specifier) => import(specifier)', { importModuleDynamically });
    return (script.runInThisContext() as (specifier: string) => unknown)(specifier);
  };
  Object.assign(globalThis, { importForBundles });
}
