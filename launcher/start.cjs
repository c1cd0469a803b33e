// The one door of every npm script: `node launcher/start.cjs COMMAND …`.
//
// Plain JavaScript on purpose: loading TypeScript costs 300 ms a start; and no ES module, which would
// cost 8. It finds the bundle that belongs to the sources as they are now, makes it once when there is
// none, and runs it in this very process, so that the pid a user sees and kills is the program itself.
const { join } = require('node:path');
const { bundleDirectory } = require('./bundle.cjs');

async function start() {
  const directory = await bundleDirectory();
  const [, , command = ''] = process.argv;
  if (command === 'bench') await require('./build.cjs').bundleBench(directory);
  const { run } = require(join(directory, 'run.cjs'));
  if (command === 'bench') run('bench');
  else run('launcher', /^[a-z]+$/.test(command) ? `launcher-${command}` : 'launcher');
}

start().catch((error) => {
  // Node.js itself would exit with 1, which means "violated" here.
  const isAboutFile = error?.syscall !== undefined && error.path !== undefined;
  const why = isAboutFile ? `${error.message}. Make room there or give it rights.` : error?.stack;
  console.error(`within: cannot start: ${why ?? error}`);
  process.exit(255);
});
