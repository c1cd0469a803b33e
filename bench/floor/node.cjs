// One node of the floor: joins, connects, runs the rounds, outputs. No checks, no record, no faults.
const { connect, createServer } = require('node:net');
const { kinds, pack, readFrames } = require('./frame.cjs');

const { id, n, f, input, lastRound, outputRound, masterPort } = JSON.parse(process.argv[2]);
const host = '127.0.0.1';
const peers = new Map();
const rounds = [];
const history = [];
let toMaster = null;
let stopRound = outputRound;
let hasOutput = false;
let heard = 0;
let dialled = 0;

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined);
  readFrames(socket, onFrame);
});
server.listen({ host, port: 0, backlog: 1024 }, () => {
  toMaster = connect({ host, port: masterPort, noDelay: true }, () => {
    toMaster.write(pack(kinds.register, id, 0, 0, server.address().port));
  });
  toMaster.on('error', () => undefined);
  // Nobody is left behind when the master is gone; whether that was in order, its own exit tells.
  toMaster.on('close', () => process.exit(0));
  toMaster.resume();
});

function onFrame(kind, from, round, value, port) {
  switch (kind) {
    case kinds.value:
      keep(round, value);
      advance();
      return;
    case kinds.address:
      if (from !== id) dial(from, port);
      return;
    case kinds.hello:
      heard += 1;
      becomeReady();
      return;
    case kinds.start:
      enter(input);
      advance();
      return;
    case kinds.stop:
      stopRound = round;
      output();
      return;
    case kinds.finish:
      process.exit(0);
  }
}

function dial(peer, port) {
  const socket = connect({ host, port, noDelay: true }, () => {
    socket.write(pack(kinds.hello, id));
    dialled += 1;
    becomeReady();
  });
  socket.on('error', () => undefined);
  socket.resume();
  peers.set(peer, socket);
}

function becomeReady() {
  if (heard === n - 1 && dialled === n - 1) toMaster.write(pack(kinds.ready, id));
}

function keep(round, value) {
  if (round < history.length - 1) return;
  (rounds[round] ??= []).push(value);
}

function advance() {
  while (history.length > 0 && history.length <= lastRound && !hasOutput) {
    const values = rounds[history.length - 1];
    if (values.length < n - f) return;
    rounds[history.length - 1] = null;
    let sum = 0;
    for (let i = 0; i < n - f; i += 1) sum += values[i];
    enter(sum / (n - f));
  }
}

function enter(value) {
  const round = history.length;
  history.push(value);
  (rounds[round] ??= []).unshift(value);
  const frame = pack(kinds.value, id, round, value);
  toMaster.write(frame);
  for (const socket of peers.values()) socket.write(frame);
  output();
}

function output() {
  if (stopRound === null || hasOutput || history.length <= stopRound) return;
  hasOutput = true;
  toMaster.write(pack(kinds.output, id, stopRound, history[stopRound]));
}
