/** npm run fuzz: whatever bytes come, no process may crash, believe them or grow. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Argv } from 'yargs';
import { fuzzDecoder } from '../../stress/fuzz/fuzz-decoder.ts';
import { fuzzDoor } from '../../stress/fuzz/fuzz-door.ts';
import type { DoorCounts } from '../../stress/fuzz/fuzz-door.ts';
import { fuzzMember } from '../../stress/fuzz/fuzz-member.ts';
import { jsonOption, wholeOption } from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { leaveWithNpm } from '../signals.ts';

export const fuzz: Command = {
  name: 'fuzz',
  positional: '',
  summary:
    'Feeds random frames, by the grammar of the wire and beside it, to the decoder and to a node in a run, and random strangers to the doors of a real run, plain and TLS. Ends with 255 if anything breaks or grows.',
  examples: [
    ['npm run fuzz', 'a million frames, 500 strangers'],
    ['npm run fuzz -- --frames 10000000 --connections 5000', 'for some minutes'],
  ],
  options: fuzzOptions,
  run: runFuzz,
};

function fuzzOptions(parser: Argv): Argv {
  return parser
    .option('frames', { type: 'string', default: '1000000', describe: 'how many frames' })
    .option('connections', {
      type: 'string',
      default: '500',
      describe: 'how many strangers at each of the doors, plain and TLS',
    })
    .option('seed', { type: 'string', default: '1', describe: 'decides all of them' })
    .option('json', jsonOption('the result'));
}

/** A part of the frames goes into the life of a node, which is slower. */
const TO_MEMBER = 0.1;
const STEPS = 20;
/** What is drawn from it must stay a whole number. */
const SEED_MAX = 1_000_000_000;
/** What a process may grow by after the first steps, in bytes: compiled code, mostly. */
const GROWTH_MAX = 16 * 2 ** 20;
const WARM_UP = 4;

interface Doors {
  readonly plain: DoorCounts;
  readonly tls: DoorCounts;
}

async function runFuzz(parsed: Parsed): Promise<number> {
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  const seed = wholeOption(parsed, 'seed', 0, SEED_MAX);
  const connections = wholeOption(parsed, 'connections', 1);
  const frames = wholeOption(parsed, 'frames', 1);
  leaveWithNpm();
  const since = performance.now();
  const { sums, growth } = await fuzzFrames(seed, frames, screen);
  const doors: Doors = {
    plain: await fuzzDoor(seed, connections, false),
    tls: await fuzzDoor(seed, connections, true),
  };
  const seconds = (performance.now() - since) / 1000;
  screen.write(
    `${summary(sums, doors)}memory grew by ${inMb(growth)} MB; ${seconds.toFixed(0)} s\n`,
  );
  if (isJson) {
    const document = { version: 1, seed, sums, doors, growth, seconds };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
  if (growth <= GROWTH_MAX) return 0;
  throw new Error(`memory grew by ${inMb(growth)} MB`);
}

/** After a garbage collection: what is really kept, in bytes. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

type Sums = Record<string, number>;

async function fuzzFrames(seed: number, frames: number, screen: NodeJS.WriteStream) {
  const sums: Sums = {};
  const add = (counts: object): void => {
    for (const [name, count] of Object.entries(counts) as [string, number][]) {
      sums[name] = (sums[name] ?? 0) + count;
    }
  };
  const memory: number[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const start = seed + step * 100_000_000;
    add(fuzzDecoder(start, (frames * (1 - TO_MEMBER)) / STEPS));
    const { records, ...more } = fuzzMember(start, (frames * TO_MEMBER) / STEPS);
    add({ 'in a node': records, ...more });
    // What a node puts off to the end of a turn is let go there.
    await new Promise((resolve) => setImmediate(resolve));
    const here = memoryInUse();
    memory.push(here);
    screen.write(`${step + 1} of ${STEPS}: ${sums['frames']} frames, ${inMb(here)} MB\n`);
  }
  const growth = Math.max(...memory.slice(WARM_UP)) - (memory[WARM_UP - 1] ?? 0);
  return { sums, growth };
}

const summary = (sums: Sums, { plain, tls }: Doors): string =>
  `${sums['frames']} frames to the decoder: ${sums['records']} records, ${sums['faults']} refused, ${sums['broken']} streams ended\n` +
  `${sums['in a node']} records to a node: ${sums['accepted']} taken, ${sums['refused']} refused, in ${sums['lives']} lives\n` +
  `strangers that got in: plain ${plain.admitted} of ${plain.connections}, TLS ${tls.admitted} of ${tls.connections}\n`;

const inMb = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
