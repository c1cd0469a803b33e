// The one door of every npm script: `node launcher/start.js COMMAND …`.
//
// Plain JavaScript on purpose: loading TypeScript costs 300 ms a start. It finds the bundle that
// belongs to the sources as they are now, makes it once when there is none, and runs it in this
// very process, so that the pid a user sees and kills is the program itself.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { bundleDirectory } from './bundle.js';

try {
  const directory = await bundleDirectory();
  await import(pathToFileURL(join(directory, 'launcher.js')).href);
} catch (error) {
  // Node.js itself would exit with 1, which means "violated" here.
  console.error(`within: cannot start: ${error?.stack ?? error}`);
  process.exit(255);
}
