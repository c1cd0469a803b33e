/**
 * The line between the launcher and one of its children: a socket pair, in the child descriptor 3. One
 * JSON text a line, both ways. The kernel ends it with either process, also after kill -9, so that
 * nobody waits for somebody who is gone.
 *
 * Node.js has a channel of its own for this, which costs every start of a child 4 ms.
 */
import { Socket } from 'node:net';

export const LINE_DESCRIPTOR = 3;

export interface Line {
  /** To somebody who is gone it goes nowhere; his end is told by itself. */
  readonly tell: (message: object) => void;
}

/** `onGone`: told once, when the other process has ended or has closed the line. */
export function openLine(
  socket: Socket,
  onMessage: (message: unknown) => void,
  onGone: () => void = () => undefined,
): Line {
  let unfinished = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) onMessage(JSON.parse(line));
  });
  socket.on('error', () => undefined);
  socket.once('close', onGone);
  return {
    tell(message) {
      if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
    },
  };
}

/** The child's end. */
export const lineToLauncher = (): Socket => new Socket({ fd: LINE_DESCRIPTOR });
