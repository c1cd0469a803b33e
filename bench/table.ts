/** The results for people, in Markdown that also reads well in a terminal. */
import type { Growth } from './parts/growth.ts';
import type { Memory } from './parts/memory.ts';
import { steadyVariants } from './parts/steady.ts';
import type { Steady } from './parts/steady.ts';
import type { Watched } from './parts/watched.ts';
import type { Whole } from './parts/whole.ts';
import type { Load, Measured, Results } from './results.ts';
import type { SimulatorSpeed } from './simulator-main.ts';

export function renderTable({ parts, environment, isQuick }: Results): string {
  const { node, platform, cpus } = environment;
  const sections = [
    section('Whole cluster, from the command to its exit', parts.whole, wholeLines),
    section('Connecting and agreeing', parts.whole, phaseLines),
    section('Steady state of a long run', parts.steady, steadyLines),
    section('Memory of a node', parts.memory, memoryLines),
    section('A live page that somebody watches', parts.watched, watchedLines),
    section('Simulator, one core', parts.simulator, simulatorLines),
    section('Growth of the CPU time of the rounds', parts.growth, growthLines),
  ];
  const quick = isQuick ? ' Quick: too few and too small to be quoted.' : '';
  return (
    [
      `Made by \`npm run bench\` on Node.js ${node}, ${platform}, ${cpus} CPUs.${quick}`,
      'Ratios are medians over paired runs, Within over floor.',
      ...sections.filter((text) => text !== ''),
    ].join('\n\n') + '\n'
  );
}

function section<Part>(
  title: string,
  part: Measured<Part> | undefined,
  linesOf: (value: Part) => string[],
): string {
  if (part === undefined) return '';
  return [`## ${title}`, loadLine(part.load), linesOf(part.value).join('\n')].join('\n\n');
}

const loadLine = ({ before, after }: Load): string =>
  `Load of the machine: ${before.toFixed(1)} before, ${after.toFixed(1)} after.`;

/** Header, rule, rows. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

const wholeLines = (all: readonly Whole[]): string[] =>
  table(
    [
      'n',
      'f',
      'floor ms',
      'Within ms',
      'wall ratio',
      'floor CPU ms',
      'Within CPU ms',
      'CPU ratio',
      'repeats',
    ],
    all.map(({ n, f, floor, within, ratios, repeats }) => [
      ...[String(n), String(f), whole(floor.wallMs), whole(within.wallMs), two(ratios.wall)],
      ...[whole(floor.cpuMs), whole(within.cpuMs), two(ratios.cpu), String(repeats)],
    ]),
  );

const phaseLines = (all: readonly Whole[]): string[] =>
  table(
    [
      'n',
      'connect floor ms',
      'Within',
      'start to decision floor ms',
      'Within',
      'messages floor',
      'Within',
    ],
    all.map(({ n, floor, within }) => [
      ...[String(n), whole(floor.connectMs), whole(within.connectMs)],
      ...[whole(floor.agreeMs), whole(within.agreeMs)],
      ...[whole(floor.messages), whole(within.messages)],
    ]),
  );

function steadyLines({ n, f, rounds, costs, ratios, repeats }: Steady): string[] {
  const overFloor = (name: (typeof steadyVariants)[number]): string => {
    if (name === 'recording on') return two(ratios.recordingOnOverFloor);
    return name === 'recording off' ? two(ratios.recordingOffOverFloor) : '';
  };
  return [
    `n = ${n}, f = ${f}, what rounds ${rounds[0]} to ${rounds[1]} cost, ${repeats} repeats.`,
    '',
    ...table(
      ['', 'CPU µs per message', 'messages per second', 'CPU over floor'],
      steadyVariants.map((name) => [
        name,
        costs[name].cpuUsPerMessage.toFixed(1),
        whole(costs[name].messagesPerSecond),
        overFloor(name),
      ]),
    ),
    '',
    `Recording on over off: CPU ${two(ratios.recordingOnOverOff)}, wall ${two(ratios.recordingSlowdown)}. TLS on over off: CPU ${two(ratios.tlsOnOverOff)}.`,
  ];
}

const memoryLines = ({ n, rounds, floor, within, ratios }: Memory): string[] => [
  `n = ${n}, ${rounds} rounds, largest that was seen, median node.`,
  '',
  ...table(
    ['', 'floor MB', 'Within MB', 'ratio'],
    [
      ['PSS', mega(floor.pssBytes), mega(within.pssBytes), two(ratios.pss)],
      ['RSS', mega(floor.rssBytes), mega(within.rssBytes), two(ratios.rss)],
    ],
  ),
];

const watchedLines = ({ n, f, rounds, unwatchedMs, watchedMs, slowdown }: Watched): string[] => [
  `n = ${n}, f = ${f}, ${rounds} rounds: agreement takes ${whole(unwatchedMs)} ms, watched ${whole(watchedMs)} ms; ratio ${two(slowdown)}.`,
];

const simulatorLines = (all: readonly SimulatorSpeed[]): string[] =>
  table(
    ['n', 'f', 'million deliveries per CPU second', 'memory MB'],
    all.map(({ n, f, deliveriesPerSecond, rssBytesMax }) => [
      ...[String(n), String(f), two(deliveriesPerSecond / 1e6), mega(rssBytesMax)],
    ]),
  );

const growthLines = (all: readonly Growth[]): string[] =>
  table(
    ['over', 'values', 'floor exponent', 'Within exponent'],
    all.map(({ over, floor, within }) => [
      over,
      within.points.map(([x]) => x).join(', '),
      two(floor.exponent),
      two(within.exponent),
    ]),
  );

const whole = (number: number): string => number.toFixed(0);
const two = (number: number): string => number.toFixed(2);
const mega = (bytes: number): string => (bytes / 1e6).toFixed(1);
