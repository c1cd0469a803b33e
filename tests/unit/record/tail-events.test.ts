import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventLine } from '../../../record/event-line.ts';
import { nodeShapes } from '../../../record/event-shape.ts';
import type { NodeEvent } from '../../../record/events.ts';
import { tailEvents } from '../../../record/tail-events.ts';

let directory = '';
let path = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'within-tail-'));
  path = join(directory, 'node-1.ndjson');
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const output = (round: number): NodeEvent => ({ kind: 'output', t: round, round, value: 0.5 });

test('a file that is not there yet has no events, and has them once it is', () => {
  const tail = tailEvents<NodeEvent>(path, nodeShapes);
  expect(tail.read()).toEqual([]);
  writeFileSync(path, eventLine(output(1)));
  expect(tail.read()).toEqual([output(1)]);
  expect(tail.read()).toEqual([]);
  tail.close();
});

test('a line comes when it is whole, wherever it was cut, also inside a character', () => {
  const bytes = Buffer.from(
    eventLine({ kind: 'abandoned', t: 1, reason: 'ε ist erreicht' }) + eventLine(output(2)),
  );
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    writeFileSync(path, bytes.subarray(0, cut));
    const tail = tailEvents<NodeEvent>(path, nodeShapes);
    const events = tail.read();
    appendFileSync(path, bytes.subarray(cut));
    events.push(...tail.read());
    expect(events.map(({ kind }) => kind)).toEqual(['abandoned', 'output']);
    expect(events[0]).toMatchObject({ reason: 'ε ist erreicht' });
    tail.close();
  }
});

test('headers, nonsense and unknown kinds are passed over; long files come whole', () => {
  const many = Array.from({ length: 20_000 }, (_, round) => output(round));
  writeFileSync(path, `{"kind":"header"}\n\n{{{\n{"kind":"boil"}\n${many.map(eventLine).join('')}`);
  const tail = tailEvents<NodeEvent>(path, nodeShapes);
  expect(tail.read()).toEqual(many);
  tail.close();
});
