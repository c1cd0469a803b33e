// The floor's master: address book, barrier, rule F or fixed rounds, the end. No checks, no record.
const { connect, createServer } = require('node:net');
const { kinds, pack, readFrames } = require('./frame.cjs');

const { n, epsilon, outputRound } = JSON.parse(process.argv[2]);
const host = '127.0.0.1';
const ports = new Map();
const links = [];
const tallies = [];
const at = { registered: 0, started: 0, decided: 0, finished: 0 };
let ready = 0;
let outputs = 0;
let messages = 0;

// The launcher has bound the port: nodes may dial before this process is up.
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined);
  // A node has gone before the end: the run is over for all.
  socket.on('close', () => process.exit(1));
  readFrames(socket, onFrame);
});
server.listen({ fd: 3, backlog: 1024 });

function onFrame(kind, from, round, value, port) {
  switch (kind) {
    case kinds.value:
      messages += 1;
      report(round, value);
      return;
    case kinds.register:
      ports.set(from, port);
      if (ports.size === n) welcome();
      return;
    case kinds.ready:
      ready += 1;
      if (ready === n) start();
      return;
    case kinds.output:
      outputs += 1;
      if (outputs === n) finish();
  }
}

function welcome() {
  at.registered = performance.now();
  const book = Buffer.concat([...ports].map(([id, port]) => pack(kinds.address, id, 0, 0, port)));
  for (const port of ports.values()) {
    const socket = connect({ host, port, noDelay: true }, () => socket.write(book));
    socket.on('error', () => undefined);
    socket.resume();
    links.push(socket);
  }
}

function start() {
  at.started = performance.now();
  sendAll(pack(kinds.start, 0));
}

function report(round, value) {
  const tally = (tallies[round] ??= { count: 0, low: Infinity, high: -Infinity });
  tally.count += 1;
  tally.low = Math.min(tally.low, value);
  tally.high = Math.max(tally.high, value);
  const isSettled = tally.count === n && tally.high - tally.low <= epsilon;
  if (outputRound !== null || at.decided > 0 || !isSettled) return;
  at.decided = performance.now();
  sendAll(pack(kinds.stop, 0, round));
}

function finish() {
  at.finished = performance.now();
  sendAll(pack(kinds.finish, 0));
  const { started, decided, finished, registered } = at;
  const report = {
    connectMs: started - registered,
    agreeMs: (decided || finished) - started,
    rounds: tallies.length - 1,
    // Every report stands for a multicast.
    sent: messages * n,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exit(0);
}

function sendAll(frame) {
  for (const socket of links) socket.write(frame);
}
