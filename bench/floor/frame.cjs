// The floor's wire: frames of 27 bytes, packed by hand, nothing checked.
//
//   0 length (23) u32 · 4 kind u8 · 5 from u32 · 9 round u32 · 13 value f64 · 21 port u16 · 23 unused u32
const FRAME_BYTES = 27;

const kinds = {
  register: 1,
  address: 2,
  hello: 3,
  ready: 4,
  start: 5,
  value: 6,
  stop: 7,
  output: 8,
  finish: 9,
};

function pack(kind, from, round = 0, value = 0, port = 0) {
  const frame = Buffer.allocUnsafe(FRAME_BYTES);
  frame.writeUInt32LE(FRAME_BYTES - 4, 0);
  frame[4] = kind;
  frame.writeUInt32LE(from, 5);
  frame.writeUInt32LE(round, 9);
  frame.writeDoubleLE(value, 13);
  frame.writeUInt16LE(port, 21);
  frame.writeUInt32LE(0, 23);
  return frame;
}

/** Calls onFrame(kind, from, round, value, port) for every whole frame, however the stream is cut. */
function readFrames(socket, onFrame) {
  let rest = null;
  socket.on('data', (chunk) => {
    const bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (; at + FRAME_BYTES <= bytes.length; at += FRAME_BYTES) {
      onFrame(
        bytes[at + 4],
        bytes.readUInt32LE(at + 5),
        bytes.readUInt32LE(at + 9),
        bytes.readDoubleLE(at + 13),
        bytes.readUInt16LE(at + 21),
      );
    }
    rest = at === bytes.length ? null : bytes.subarray(at);
  });
}

module.exports = { kinds, pack, readFrames };
