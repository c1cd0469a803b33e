// The floor: what a cluster of n processes costs when each does nothing but its sends. One bare Node.js
// process per node and a master, one TCP connection per direction, the same rounds, no checks.
//
//   node bench/floor/cluster.cjs '{"n": 5, "f": 2, "epsilon": 0.001, "lastRound": 19, "outputRound": null}'
const { spawn } = require('node:child_process');
const { createServer } = require('node:net');
const { join } = require('node:path');

const config = JSON.parse(process.argv[2]);
const ports = createServer();

function start(file, options, descriptors = []) {
  const child = spawn(process.execPath, [join(__dirname, file), JSON.stringify(options)], {
    env: {},
    stdio: ['ignore', 'inherit', 'inherit', ...descriptors],
  });
  child.on('exit', (code) => {
    if (code !== 0) process.exitCode = 1;
  });
}

ports.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, () => {
  const masterPort = ports.address().port;
  // The bound socket itself: nodes may dial before the master is up, and nobody has to be told a port.
  start('master.cjs', config, [ports._handle.fd]);
  for (let id = 1; id <= config.n; id += 1) {
    // Inputs that lie in [0, 1] and are spread evenly, in an order that is not sorted.
    const input = ((id * 61) % config.n) / config.n;
    start('node.cjs', { ...config, id, input, masterPort });
  }
  ports.close();
});
