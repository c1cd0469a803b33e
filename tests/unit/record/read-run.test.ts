import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { eventLine } from '../../../record/event-line.ts';
import type { MasterEvent, NodeEvent } from '../../../record/events.ts';
import { RunNotFoundError, readRun } from '../../../record/read-run.ts';
import { runFiles } from '../../../record/run-directory.ts';
import {
  header,
  playRun,
  smallConfig,
  temporaryDirectory,
  writeRun,
} from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';
import { masterEvent, nodeEvent } from './arbitrary-events.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
});

function written(run: RecordedRun = playRun(smallConfig())): string {
  const directory = writeRun(run);
  made.push(directory);
  return directory;
}

test('a sound run is read back as it was written, without damage', () => {
  const run = playRun(smallConfig());
  run.launcher = [{ kind: 'spawned', t: 1, node: 3, pid: 77 }];
  const record = readRun(written(run));
  expect(record.damage).toEqual([]);
  expect(record.config).toEqual(run.config);
  expect(record.plan).toEqual(run.plan);
  expect(record.command?.file).toBe('configs/small.txt');
  expect(record.master.events).toEqual(run.master);
  expect(record.launcher.events).toEqual(run.launcher);
  expect([...record.nodes.keys()]).toEqual([1, 2, 3, 4, 5]);
  expect(record.nodes.get(3)?.events).toEqual(run.nodes.get(3));
  expect(record.nodes.get(3)?.header).toEqual(header('node', 3));
});

test('every event comes back as it was written, whatever its kind', () => {
  fc.assert(
    fc.property(
      fc.array(nodeEvent),
      fc.array(masterEvent),
      (events: NodeEvent[], word: MasterEvent[]) => {
        const run = playRun(smallConfig());
        run.nodes.set(2, events);
        run.master = word;
        const record = readRun(written(run));
        expect(record.damage).toEqual([]);
        expect(record.nodes.get(2)?.events).toEqual(events);
        expect(record.master.events).toEqual(word);
      },
    ),
    { numRuns: 30 },
  );
});

test('a run by hand has no launcher file, and that is no damage', () => {
  const record = readRun(written());
  expect(record.launcher.isPresent).toBe(false);
  expect(record.damage).toEqual([]);
});

test.each(['node-2.ndjson', 'master.ndjson', 'resolved.json', 'plan.json'])(
  'a named pipe instead of %s is named, and nobody waits for a writer',
  (file) => {
    const directory = written();
    rmSync(join(directory, file));
    execFileSync('mkfifo', [join(directory, file)]);
    const reason = 'cannot be read (no plain file)';
    expect(readRun(directory).damage).toContainEqual({
      kind: 'unreadable',
      file,
      line: null,
      reason,
    });
  },
);

test.each(['resolved.json', 'plan.json', 'command.json', 'master.ndjson'])(
  '%s is named when it is missing',
  (file) => {
    const directory = written();
    rmSync(join(directory, file));
    const reason = 'no such file';
    expect(readRun(directory).damage).toEqual([{ kind: 'missing', file, line: null, reason }]);
  },
);

test('a directory that is not there is the one thing that throws', () => {
  expect(() => readRun('/no/such/run')).toThrow(RunNotFoundError);
  expect(() => readRun('/no/such/run')).toThrow(/Expected one made by a run/);
});

describe('damage', () => {
  test('a last line without its end is a cut tail; what is before it is used', () => {
    const run = playRun(smallConfig());
    const directory = written(run);
    const path = runFiles.events(directory, 4);
    const lines = readFileSync(path, 'utf8').split('\n').length - 1;
    truncateSync(path, readFileSync(path).length - 10);
    const record = readRun(directory);
    expect(record.damage).toEqual([
      { kind: 'cut-tail', file: 'node-4.ndjson', line: lines, reason: 'the last line is cut' },
    ]);
    expect(record.nodes.get(4)?.events).toEqual(run.nodes.get(4)?.slice(0, -1));
  });

  test('a file of many pieces, one line longer than a piece, keeps every line and its number', () => {
    const directory = written(playRun(smallConfig()));
    const path = runFiles.events(directory, 3);
    const [header] = readFileSync(path, 'utf8').split('\n');
    // Two bytes a character, so that a piece would end within one.
    const long = JSON.stringify({ kind: 'abandoned', t: 3, reason: `a${'é'.repeat(9_000_000)}` });
    const stops = Array.from({ length: 500_000 }, (_, t) => `{"kind":"stop","t":${t},"round":1}`);
    writeFileSync(path, [header, ...stops, long, ...stops, '{"kind":'].join('\n'));
    const { nodes, damage } = readRun(directory);
    const { events, lines } = nodes.get(3)!;
    expect(events).toHaveLength(1_000_001);
    expect(lines.every((line, index) => line === index + 2)).toBe(true);
    expect(events[500_000]).toEqual(JSON.parse(long));
    expect(damage.map(({ kind, line }) => [kind, line])).toEqual([['cut-tail', 1_000_003]]);
  });

  test('at any byte where a file is cut, what is read is a prefix of the life', () => {
    const run = playRun(smallConfig());
    const directory = written(run);
    const path = runFiles.events(directory, 1);
    const whole = readFileSync(path);
    const life = run.nodes.get(1)!;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        writeFileSync(path, whole.subarray(0, length));
        const { nodes, damage } = readRun(directory);
        const events = nodes.get(1)!.events;
        expect(events).toEqual(life.slice(0, events.length));
        expect(damage.every(({ kind }) => kind === 'cut-tail')).toBe(true);
        expect(damage.length).toBe(length > 0 && whole[length - 1] === 10 ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['garbage', 'not a JSON object'],
    ['[1, 2]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['', 'not a JSON object'],
    ['{"kind":"receive","t":1}', 'from is missing, expected a node id'],
    ['{"t":1}', 'kind is missing, expected one of start, receive'],
    ['{"kind":"toString","t":1}', 'kind is "toString", expected one of'],
    ['{"kind":{"a":[]},"t":1}', 'kind is an object, expected one of'],
    ['{"kind":"stop","t":"now","round":1}', 't is "now", expected a finite number'],
    ['{"kind":"stop","t":1,"round":1.5}', 'round is 1.5, expected a round'],
    ['{"kind":"stop","t":1,"round":4000000000}', 'round is 4000000000, expected a round'],
    ['{"kind":"start","t":1,"input":1e999}', 'input is null, expected a number of at most 1e300'],
    ['{"kind":"start","t":1,"input":null}', 'input is null, expected a number of at most 1e300'],
    ['{"kind":"report","t":1,"round":1,"value":1,"used":[0]}', 'used is a list, expected a list'],
    ['{"kind":"decide","t":1,"round":1}', 'kind is "decide", expected one of start'],
  ])('the line %j is named with its place: %s', (line, reason) => {
    const run = playRun(smallConfig());
    const directory = written(run);
    const path = runFiles.events(directory, 2);
    const [first, ...rest] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [first, line, ...rest].join('\n'));
    const { damage, nodes } = readRun(directory);
    expect(damage).toHaveLength(1);
    expect(damage[0]).toMatchObject({ kind: 'malformed', file: 'node-2.ndjson', line: 2 });
    expect(damage[0]?.reason).toContain(reason);
    expect(nodes.get(2)?.events).toEqual(run.nodes.get(2));
    expect(nodes.get(2)?.lines[0]).toBe(3);
  });

  test('a line that nests too deep to be read is named too', () => {
    const directory = written();
    appendFileSync(runFiles.events(directory, 0), `{"kind":${'['.repeat(100_000)}\n`);
    expect(readRun(directory).damage[0]?.reason).toBe('not a JSON object');
  });

  test('a file full of nonsense is summed up, not listed', () => {
    const directory = written();
    appendFileSync(runFiles.events(directory, 0), 'x\n'.repeat(5_000));
    const { damage } = readRun(directory);
    expect(damage).toHaveLength(21);
    expect(damage.at(-1)?.reason).toBe('5000 lines are malformed; the first 20 are named');
  });

  test.each(['node-3.ndjson', 'master.ndjson', 'plan.json', 'resolved.json'])(
    'a missing %s is named',
    (file) => {
      const directory = written();
      rmSync(join(directory, file));
      const record = readRun(directory);
      expect(record.damage).toEqual([
        { kind: 'missing', file, line: null, reason: 'no such file' },
      ]);
      expect(record.nodes.size).toBe(5);
    },
  );

  test('a folder in the place of a file cannot be read, and is named', () => {
    const directory = written();
    rmSync(join(directory, 'node-3.ndjson'));
    mkdirSync(join(directory, 'node-3.ndjson'));
    expect(readRun(directory).damage[0]).toMatchObject({
      kind: 'unreadable',
      file: 'node-3.ndjson',
    });
  });

  test('an empty file is that of a process that died before its first write', () => {
    const directory = written();
    writeFileSync(join(directory, 'node-3.ndjson'), '');
    const { damage } = readRun(directory);
    expect(damage).toEqual([
      { kind: 'cut-tail', file: 'node-3.ndjson', line: null, reason: 'the file is empty' },
    ]);
  });

  test.each([
    ['of another run', header('node', 3, 'run-2')],
    ['of another node', header('node', 4)],
    ['of the master', header('master', 0)],
  ])('a file %s is foreign, and none of its events counts', (_whose, first) => {
    const directory = written();
    const path = join(directory, 'node-3.ndjson');
    const [, ...rest] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, eventLine(first) + rest.join('\n'));
    const { damage, nodes } = readRun(directory);
    expect(damage).toHaveLength(1);
    expect(damage[0]).toMatchObject({ kind: 'foreign', file: 'node-3.ndjson' });
    expect(nodes.get(3)?.events).toEqual([]);
  });

  test('a file of a node that is not in the config is foreign', () => {
    const directory = written();
    writeFileSync(join(directory, 'node-9.ndjson'), eventLine(header('node', 9)));
    const { damage, nodes } = readRun(directory);
    expect(damage[0]?.reason).toBe('node 9 is not in the config');
    expect(nodes.has(9)).toBe(false);
  });

  test.each([
    ['{}', 'version is missing, expected 1'],
    ['[]', 'not a JSON object'],
    ['{"version":2}', 'version is 2, expected 1'],
  ])('a config of %s is none, and the reason is named', (text, reason) => {
    const directory = written();
    writeFileSync(join(directory, 'resolved.json'), text);
    const { config, damage } = readRun(directory);
    expect(config).toBeNull();
    expect(damage).toEqual([{ kind: 'malformed', file: 'resolved.json', line: null, reason }]);
  });

  test('a config whose parts do not belong together is none', () => {
    const run = playRun(smallConfig());
    run.config = { ...run.config, f: 5 };
    const { config, damage } = readRun(written(run));
    expect(config).toBeNull();
    expect(damage[0]?.reason).toBe('f is 5 of 5 nodes');
  });
});

test('whatever bytes are in the files, reading them throws nothing', () => {
  const directory = temporaryDirectory();
  made.push(directory);
  const names = ['resolved.json', 'plan.json', 'command.json', 'master.ndjson', 'launcher.ndjson'];
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `${json}\n${json}\n`),
  );
  fc.assert(
    fc.property(fc.constantFrom(...names, 'node-1.ndjson'), text, (name, content) => {
      writeFileSync(join(directory, name), content);
      expect(Array.isArray(readRun(directory).damage)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
