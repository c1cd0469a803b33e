/** npm run sweep as a user sees it: rows, cells, exit codes, and what survives an interruption. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SweepResult } from '../../report/sweep-data.ts';
import { openScratch, root, sample } from '../fixtures/launched.ts';
import type { Finished, Launched, Scratch } from '../fixtures/launched.ts';
import { isRunning, membersOf, signal } from '../fixtures/os-process.ts';
import { until } from '../fixtures/until.ts';

let scratch: Scratch;
let out: string;

beforeEach(() => {
  scratch = openScratch();
  out = join(scratch.directory, 'results');
});

afterEach(() => scratch.clear());

const launch = (words: readonly string[]): Launched => scratch.launch(['sweep', ...words]);
const sweep = (words: readonly string[]): Promise<Finished> => launch(words).ended;
const inOut = (name: string): string => readFileSync(join(out, name), 'utf8');
const resultIn = (): SweepResult => JSON.parse(inOut('result.json')) as SweepResult;
const rowsIn = (): string[] =>
  existsSync(join(out, 'runs.jsonl')) ? inOut('runs.jsonl').split('\n').slice(0, -1) : [];

describe('a sweep in virtual time', () => {
  const words = [
    sample('5nodes'),
    ...['--vary', 'n=3..6', '--vary', 'f=1,2', '--vary', 'algorithm=mean,midpoint'],
    ...['--repeat', '12'],
  ];

  test('leaves a row per run, a row per cell, and says what it skipped', async () => {
    const { code, stdout } = await sweep([...words, '--out', out]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/12 cells × 12 repetitions = 144 runs, 4 cells skipped/);
    expect(stdout).toMatch(/^12 cells, 144 pass, 0 violated, 0 inconclusive, 0 failed$/m);
    expect(stdout).toMatch(/n = 3 is too small for f = 2/);
    expect(stdout).toMatch(/^mind .*per send, so n drives the death rate/m);
    expect(rowsIn()).toHaveLength(144);
    expect(inOut('runs.csv').split('\n')).toHaveLength(146);
    expect(inOut('cells.csv').split('\n')).toHaveLength(18);
    const { cells, differences, sessions, exitCode } = resultIn();
    expect({ cells: cells.length, exitCode }).toEqual({ cells: 16, exitCode: 0 });
    expect(differences[0]).toMatchObject({ base: 'mean', other: 'midpoint', at: null, pairs: 72 });
    expect(sessions[0]).toMatchObject({ runs: 144, machine: { node: process.version } });
    expect(existsSync(join(out, 'report.html'))).toBe(true);
  });

  test('gives the same rows every time, whatever the workers do', async () => {
    const [one, two] = [
      await sweep([...words, '--csv', '-']),
      await sweep([...words, '--csv', '-']),
    ];
    expect(one.code).toBe(0);
    expect(two.stdout).toBe(one.stdout);
    const [head = '', ...rows] = one.stdout.trimEnd().split('\n');
    expect(head.split(',').slice(0, 7)).toEqual([
      'cell',
      'repetition',
      'seed',
      'n',
      'f',
      'algorithm',
      'ending',
    ]);
    expect(rows).toHaveLength(144);
    expect(one.stderr).toMatch(/^12 cells, 144 pass/m);
  });

  test('a row is the run that simulate makes of the same config and seed', async () => {
    await sweep([sample('7nodes'), '--vary', 'f=1,2', '--repeat', '4', '--out', out]);
    for (const line of rowsIn().slice(0, 4)) {
      const row = JSON.parse(line) as Record<string, number>;
      const flags = ['--f', `${row['f']}`, '--seed', `${row['seed']}`, '--folder', scratch.runs];
      const run = await scratch.launch(['simulate', sample('7nodes'), ...flags, '--json']).ended;
      const { rounds, statistics } = JSON.parse(run.stdout) as {
        rounds: { deciding: number };
        statistics: { messages: { sent: number } };
      };
      expect([rounds.deciding, statistics.messages.sent]).toEqual([row['rounds'], row['messages']]);
    }
  });

  test('with --json standard output is the result and nothing else', async () => {
    const { code, stdout } = await sweep([...words, '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as SweepResult).endings.pass).toBe(144);
  });

  test('a sweep file says the same as the flags, and flags outweigh it', async () => {
    const file = join(scratch.directory, 's.json');
    const vary = { n: '3..6', f: [1, 2], algorithm: ['mean', 'midpoint'] };
    writeFileSync(file, JSON.stringify({ config: sample('5nodes'), repeat: 12, vary }));
    const [flags, ofFile] = [
      await sweep([...words, '--csv', '-']),
      await sweep([file, '--csv', '-']),
    ];
    expect(ofFile.stdout).toBe(flags.stdout);
    const fewer = await sweep([
      file,
      '--repeat',
      '2',
      '--vary',
      'n=5',
      '--algorithm',
      'select',
      '--csv',
      '-',
    ]);
    expect(fewer.stdout.trimEnd().split('\n')).toHaveLength(1 + 2 * 2);
  });

  test('inputs from a column of a CSV file, and algorithms of the own', async () => {
    const csv = join(scratch.directory, 'measured.csv');
    writeFileSync(csv, 't,value\n1,20.5\n2,21\n3,19.75\n');
    const own = join(root, 'configs', 'algorithms', 'weighted-midpoint.ts');
    const { code, stdout } = await sweep([
      ...[sample('5nodes'), '--vary', 'n=3,4', '--vary', `algorithm=mean,${own}`, '--f', '1'],
      ...['--inputs', `csv ${csv} value`, '--repeat', '3', '--out', out],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/has 3 values, but there are 4 nodes/);
    const rows = rowsIn().map((line) => JSON.parse(line) as { inputSpread: number });
    expect(rows.map(({ inputSpread }) => inputSpread)).toEqual(Array(6).fill(1.25));
  });
});

describe('exit codes', () => {
  test('1 when a run is violated, which is listed with the command that repeats it', async () => {
    const wrong = join(root, 'configs', 'algorithms', 'wrong', 'median.txt');
    const words = [wrong, '--vary', 'crash=0', '--repeat', '3', '--out', out];
    const { code, stdout } = await sweep(words);
    expect(code).toBe(1);
    const { endings, exceptions } = resultIn();
    expect(endings).toEqual({ pass: 0, violated: 3, inconclusive: 0, failed: 0 });
    expect(stdout).toContain(exceptions[0]!.repeat);
    const [, repeat = ''] = exceptions[0]!.repeat.split(' -- ');
    const again = await scratch.launch(['simulate', ...repeat.split(' '), '--folder', scratch.runs])
      .ended;
    expect(again.code).toBe(1);
  });

  test('2 when one is inconclusive; it is counted and kept', async () => {
    const hold = ['--hold', '1 2 rounds 0-30 until never', '--hold', '1 3 rounds 0-30 until never'];
    const { code } = await sweep([
      sample('3nodes'),
      ...hold,
      '--crash',
      '2 round 0 after 0',
      '--repeat',
      '2',
      '--out',
      out,
    ]);
    expect(code).toBe(2);
    expect(resultIn().endings).toMatchObject({ inconclusive: 2 });
    expect(rowsIn()).toHaveLength(2);
    expect(resultIn().warnings.join()).toMatch(/2 runs in 1 cells came to no end/);
  });

  test.each([
    [['--vary', 'n'], '"n" names no values'],
    [['--vary', 'n=3', '--vary', 'n=4'], '--vary n is given twice'],
    [['--seed', '3'], 'here say --seed-from N'],
    [['--repeat', '1.5'], 'expected a whole number'],
    [['--engine', 'warp'], 'expected simulate, cluster'],
    [['--json', '--csv', '-'], 'both want standard output'],
    [['--delay', '0'], '--delay: MAX is missing'],
    [['--resume', 'runs'], 'cannot be given with it'],
  ])('254: %j', async (words, problem) => {
    const { code, stderr, stdout } = await sweep([sample('5nodes'), ...words]);
    expect({ code, stdout }).toEqual({ code: 254, stdout: '' });
    expect(stderr).toContain(problem);
  });
});

describe('a sweep goes on where it stopped', () => {
  // Long enough to be caught in the middle: a second and more of simulation.
  const words = [sample('50nodes'), '--vary', 'f=10,20,24', '--repeat', '60'];

  const started = async (): Promise<Launched> => {
    const launched = launch([...words, '--out', out]);
    await until(() => rowsIn().length >= 3, 'the first rows');
    return launched;
  };

  const comparable = (): string[] => inOut('runs.csv').trimEnd().split('\n');

  test('after kill -9, with the rows of an undisturbed one', async () => {
    const launched = await started();
    const processes = membersOf(launched.pid);
    for (const pid of processes) signal(pid, 'SIGKILL');
    await launched.ended;
    const before = rowsIn().length;
    expect(before).toBeLessThan(180);
    const { code, stdout } = await sweep(['--resume', out]);
    expect(code).toBe(0);
    expect(rowsIn()).toHaveLength(180);
    expect(stdout).toMatch(/^3 cells, 180 pass/m);
    const { sessions } = resultIn();
    expect(sessions.map(({ ended }) => ended === null)).toEqual([true, false]);
    expect(sessions[1]!.runs).toBe(180 - before);
    const resumed = comparable();
    out = join(scratch.directory, 'undisturbed');
    await sweep([...words, '--out', out]);
    expect(comparable()).toEqual(resumed);
  });

  test('after Ctrl-C, which says how', async () => {
    const launched = await started();
    launched.signalGroup('SIGINT');
    const { code, stdout } = await launched.ended;
    expect(code).toBe(130);
    const [, command = ''] = /To go on: npm run sweep -- (.*)/.exec(stdout) ?? [];
    expect(resultIn().missing).toBe(180 - rowsIn().length);
    expect((await sweep(command.split(' '))).code).toBe(0);
    expect(rowsIn()).toHaveLength(180);
    expect(resultIn().isComplete).toBe(true);
  });

  test('the same command again makes nothing twice; more repetitions are added', async () => {
    const small = [sample('5nodes'), '--vary', 'f=1,2', '--out', out];
    await sweep([...small, '--repeat', '3']);
    const before = rowsIn();
    await sweep([...small, '--repeat', '3']);
    expect(rowsIn()).toEqual(before);
    await sweep(['--resume', out, '--repeat', '5']);
    expect(rowsIn().slice(0, 6)).toEqual(before);
    expect(rowsIn()).toHaveLength(10);
  });

  test('another sweep in the same directory is refused, and so is a directory of something else', async () => {
    await sweep([sample('5nodes'), '--vary', 'f=1,2', '--repeat', '2', '--out', out]);
    const other = await sweep([sample('5nodes'), '--vary', 'f=0,1', '--repeat', '2', '--out', out]);
    expect(other.code).toBe(254);
    expect(other.stderr).toMatch(/what is varied was .* and is /);
    const taken = await sweep([sample('5nodes'), '--out', scratch.directory]);
    expect(taken.code).toBe(254);
    expect(taken.stderr).toContain('is not empty and holds no sweep');
    const none = await sweep(['--resume', scratch.directory]);
    expect(none.stderr).toContain('there is no sweep in');
  });
});

test('a run that is illegal as its inputs were drawn has failed, and the others count', async () => {
  const fixed = ['--stop', 'rounds', '--rounds', '18', '--inputs', 'uniform 0 1'];
  const words = [sample('5nodes'), ...fixed, '--vary', 'f=2', '--repeat', '1500', '--out', out];
  expect((await sweep(words)).code).toBe(2);
  const { endings, exceptions } = resultIn();
  expect(endings.failed).toBeGreaterThan(0);
  expect(endings.pass + endings.failed).toBe(1500);
  expect(exceptions[0]).toMatchObject({
    ending: 'failed',
    repeat: expect.stringContaining('--seed'),
  });
});

test('parts that were begun when runs were shared out otherwise lose none and make none twice', async () => {
  const varied = ['--vary', 'n=5,7', '--vary', 'algorithm=mean,midpoint', '--repeat', '3'];
  await sweep([sample('5nodes'), ...varied, '--out', out]);
  const whole = inOut('runs.csv');
  const partFile = (index: number): string => join(out, 'parts', `${index}-of-2`, 'runs.jsonl');
  mkdirSync(join(out, 'parts', '1-of-2'), { recursive: true });
  // Every second one.
  const before = rowsIn().filter((_, index) => index % 2 === 0);
  writeFileSync(partFile(1), `${before.join('\n')}\n`);
  rmSync(join(out, 'runs.jsonl'));
  for (const part of ['2/2', '1/2']) await sweep(['--resume', out, '--part', part]);
  const made = [1, 2].flatMap((index) => readFileSync(partFile(index), 'utf8').split('\n'));
  expect(made.filter((line) => line !== '')).toHaveLength(12);
  expect((await sweep(['--resume', out, '--gather'])).code).toBe(0);
  expect(inOut('runs.csv')).toBe(whole);
});

describe('a part of a sweep', () => {
  const resume = (...words: string[]): Promise<Finished> => sweep(['--resume', out, ...words]);

  beforeEach(async () => {
    await sweep([sample('5nodes'), '--vary', 'f=1,2', '--repeat', '2', '--out', out]);
    // As npm run slurm leaves it: a sweep without runs.
    rmSync(join(out, 'runs.jsonl'));
  });

  test('says where its own results are, and what is to be done when it is done', async () => {
    const { stdout } = await resume('--part', '1/2');
    const part = join(out, 'parts', '1-of-2');
    expect(stdout).toContain(`results ${relative(root, part)}\n`);
    expect(stdout).toContain(`report  ${relative(root, join(part, 'report.html'))}\n`);
    const [, command = ''] = /Part 1\/2 is done. .*: npm run sweep -- (.*)/.exec(stdout) ?? [];
    expect(command).toBe(`--resume ${relative(root, out)} --gather`);
    await resume('--part', '2/2');
    const gathered = await sweep(command.split(' '));
    expect(gathered.stdout).toContain(`results ${relative(root, out)}\n`);
    expect(rowsIn()).toHaveLength(4);
  });

  test('has the repetitions of the sweep: nobody would count more', async () => {
    const { code, stderr } = await resume('--part', '1/2', '--repeat', '5');
    expect(code).toBe(254);
    expect(stderr).toContain('--repeat 5 cannot be given with --part');
    const [, command = ''] = /: npm run sweep -- (.*--gather)/.exec(stderr) ?? [];
    expect(existsSync(join(out, 'parts'))).toBe(false);
    await sweep(command.split(' '));
    for (const part of ['1/2', '2/2']) await resume('--part', part);
    await resume('--gather');
    expect(rowsIn()).toHaveLength(10);
    expect(resultIn()).toMatchObject({ isComplete: true, repeat: 5 });
  });
});

describe('a sweep on OS processes', () => {
  const slow = ['--engine', 'cluster', '--delay', '100 200', '--vary', 'f=1'];

  test('goes on where it was, although the link that it was named by is turned meanwhile', async () => {
    await sweep([sample('3nodes'), ...slow, '--repeat', '1', '--out', out]);
    const [link, other] = ['latest', 'other'].map((name) => join(scratch.directory, name));
    symlinkSync(out, link!);
    mkdirSync(other!);
    const resumed = launch(['--resume', link!, '--repeat', '3']);
    await until(() => rowsIn().length === 2, 'the second row');
    rmSync(link!);
    symlinkSync(other!, link!);
    expect((await resumed.ended).code).toBe(0);
    expect(rowsIn()).toHaveLength(3);
    expect(readdirSync(other!)).toEqual([]);
  });

  test('a part that goes on after its runs were gathered keeps what it has kept', async () => {
    const words = [sample('3nodes'), ...slow, '--keep', 'all', '--repeat', '3', '--out', out];
    await sweep(words);
    // As npm run slurm leaves it: a sweep without runs.
    rmSync(join(out, 'runs.jsonl'));
    await sweep(['--resume', out, '--part', '1/1']);
    await sweep(['--resume', out, '--gather']);
    const part = join(out, 'parts', '1-of-1');
    for (const directory of [part, out]) {
      const file = join(directory, 'runs.jsonl');
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      expect(lines).toHaveLength(3);
      writeFileSync(file, `${lines.slice(0, 2).join('\n')}\n`);
    }
    expect((await sweep(['--resume', out, '--part', '1/1'])).code).toBe(0);
    const rows = readFileSync(join(part, 'runs.jsonl'), 'utf8').trimEnd().split('\n');
    const records = rows.map((line) => (JSON.parse(line) as { record: string }).record);
    expect(records).toHaveLength(3);
    for (const record of records) expect(readdirSync(join(part, record))).toContain('result.json');
  });

  test('what was gathered is warned of as its parts are: other machines, busy ones, few processors', async () => {
    await sweep([sample('3nodes'), ...slow, '--repeat', '2', '--out', out]);
    for (const name of ['runs.jsonl', 'sessions.jsonl']) rmSync(join(out, name));
    await sweep(['--resume', out, '--part', '1/2']);
    await sweep(['--resume', out, '--part', '2/2']);
    const file = join(out, 'parts', '1-of-2', 'sessions.jsonl');
    const session = JSON.parse(readFileSync(file, 'utf8')) as SweepResult['sessions'][number];
    const elsewhere = { ...session.machine, cpuModel: 'another processor', cpus: 2 };
    writeFileSync(
      file,
      `${JSON.stringify({ ...session, loadAtStart: 1.5, machine: elsewhere })}\n`,
    );
    expect((await sweep(['--resume', out, '--gather'])).code).toBe(0);
    const { sessions, warnings } = resultIn();
    expect(sessions.map(({ runs, machine }) => [runs, machine.cpuModel])).toEqual([
      [1, 'another processor'],
      [1, expect.not.stringMatching('another processor')],
    ]);
    expect(warnings.join('\n')).toMatch(/n = 3, each run with n \+ 1 processes on 2 processors/);
    expect(warnings.join('\n')).toMatch(/busy with other work/);
    expect(warnings.join('\n')).toMatch(/The runs come from 2 machines/);
    // They stay where they are, and count once however often they are gathered.
    await sweep(['--resume', out, '--gather']);
    expect(resultIn().sessions).toHaveLength(2);
  });

  test('one run at a time, judged as cluster judges, with its phases', async () => {
    const words = [sample('3nodes'), '--vary', 'algorithm=mean,midpoint', '--repeat', '2'];
    const flags = ['--engine', 'cluster', '--delay', '0 5', '--keep', 'all', '--out', out];
    const { code } = await sweep([...words, ...flags]);
    expect(code).toBe(0);
    const rows = rowsIn().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      const phases = ['startUpMs', 'connectMs', 'agreeMs', 'stopMs'].map((name) =>
        Number(row[name]),
      );
      const whole = phases.reduce((total, ms) => total + ms);
      expect(Math.abs(whole - Number(row['wholeMs']))).toBeLessThan(1);
      expect(Math.min(...phases)).toBeGreaterThan(0);
      expect(row['cpuMs']).toBeGreaterThan(0);
      const audit = await scratch.launch(['check', join(out, String(row['record']))]).ended;
      expect(audit.code).toBe(0);
    }
    expect(resultIn().warnings.join()).toMatch(/More OS processes than processors|per cell/);
  });

  test('keeps no directory of a run that passes, and the one that does not', async () => {
    const words = [sample('3nodes'), '--engine', 'cluster', '--delay', '400 500', '--out', out];
    await sweep([...words, '--vary', 'time-limit=60 s,200 ms', '--repeat', '1']);
    const endings = rowsIn().map((line) => JSON.parse(line) as { ending: string; record: string });
    expect(endings.map(({ ending }) => ending)).toEqual(['pass', 'inconclusive']);
    expect(endings[0]!.record).toBeNull();
    expect(readdirSync(join(out, endings[1]!.record))).toContain('report.html');
    expect(readdirSync(join(out, 'records'))).toEqual(['cell-2']);
  });

  test('Ctrl-C ends the run that goes on, leaves no process, and its turn comes again', async () => {
    const words = [sample('3nodes'), '--engine', 'cluster', '--delay', '200 300', '--out', out];
    const launched = launch([...words, '--vary', 'f=1', '--repeat', '3']);
    await until(() => rowsIn().length === 1, 'the first row');
    await until(() => membersOf(launched.pid).length > 2, 'the second run');
    const processes = membersOf(launched.pid);
    launched.signalGroup('SIGINT');
    const { code } = await launched.ended;
    expect(code).toBe(130);
    await until(() => !processes.some(isRunning), 'the end of all processes');
    expect(rowsIn()).toHaveLength(1);
    expect((await sweep(['--resume', out])).code).toBe(0);
    expect(rowsIn()).toHaveLength(3);
    expect(resultIn().endings).toEqual({ pass: 3, violated: 0, inconclusive: 0, failed: 0 });
  });

  test('Ctrl-C that ends the master before the sweep hears of it is no failure of the run', async () => {
    const words = [sample('3nodes'), '--engine', 'cluster', '--delay', '200 300', '--out', out];
    const launched = launch([...words, '--vary', 'f=1', '--repeat', '2']);
    await until(() => membersOf(launched.pid).length === 5, 'all processes');
    const children = membersOf(launched.pid).filter((pid) => pid !== launched.pid);
    signal(Math.min(...children), 'SIGKILL');
    await until(() => !children.some(isRunning), 'the end of the run');
    signal(launched.pid, 'SIGINT');
    expect((await launched.ended).code).toBe(130);
    expect(rowsIn()).toEqual([]);
  });
});

/** Of the first run of cell 1, on OS processes. */
async function killMaster(): Promise<void> {
  const file = join(out, 'records', 'cell-1', 'latest', 'launcher.ndjson');
  const isStarted = (): boolean =>
    existsSync(file) && readFileSync(file, 'utf8').includes('"spawned"');
  await until(isStarted, 'the processes of the first run');
  const master = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => JSON.parse(line || '{}') as { kind?: string; node?: number; pid?: number })
    .find(({ kind, node }) => kind === 'spawned' && node === 0);
  signal(master!.pid!, 'SIGKILL');
}

describe('what goes wrong around it', () => {
  test('kill -9 in the middle of a run of processes: it is made again, and leaves nothing', async () => {
    const words = [sample('3nodes'), '--engine', 'cluster', '--delay', '200 300', '--out', out];
    const launched = launch([...words, '--vary', 'f=1', '--repeat', '2']);
    await until(() => existsSync(join(out, 'records', 'cell-1', 'latest')), 'the first run');
    for (const pid of membersOf(launched.pid)) signal(pid, 'SIGKILL');
    await launched.ended;
    expect(existsSync(join(out, 'records'))).toBe(true);
    expect((await sweep(['--resume', out])).code).toBe(0);
    expect(rowsIn()).toHaveLength(2);
    expect(existsSync(join(out, 'records'))).toBe(false);
  });

  test('a run whose master is killed is kept and counted as failed, and the next one follows', async () => {
    const words = [sample('3nodes'), '--engine', 'cluster', '--delay', '300 400', '--out', out];
    const launched = launch([...words, '--vary', 'f=1', '--repeat', '2']);
    await killMaster();
    const { code, stdout } = await launched.ended;
    expect(code).toBe(2);
    expect(stdout).toMatch(/1 pass, 0 violated, 0 inconclusive, 1 failed/);
    const rows = rowsIn().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ ending, exitCode }) => [ending, exitCode])).toEqual([
      ['failed', 255],
      ['pass', 0],
    ]);
    expect(String(rows[0]!['reason'])).toMatch(/the master .* ended with/);
    expect(existsSync(join(out, String(rows[0]!['record']), 'plan.json'))).toBe(true);
  });

  test('with --keep none nothing is left of a run that failed either', async () => {
    const words = [sample('3nodes'), '--engine', 'cluster', '--delay', '300 400', '--out', out];
    const launched = launch([...words, '--keep', 'none', '--repeat', '1']);
    await killMaster();
    expect((await launched.ended).code).toBe(2);
    const rows = rowsIn().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toMatchObject([{ ending: 'failed', record: null }]);
    expect(existsSync(join(out, 'records'))).toBe(false);
  });

  test('report and check leave the results of a sweep alone', async () => {
    await sweep([sample('5nodes'), '--vary', 'f=1,2', '--repeat', '2', '--out', out]);
    const before = inOut('result.json');
    for (const command of ['report', 'check']) {
      const { code, stderr } = await scratch.launch([command, out]).ended;
      expect(code).toBe(254);
      expect(stderr).toContain('holds a sweep, not a run');
    }
    expect(inOut('result.json')).toBe(before);
  });

  test('npm that took a flag for itself is named', async () => {
    const launched = scratch.launch(['sweep', sample('5nodes'), 'n=3'], {
      env: { npm_config_vary: 'true' },
    });
    const { code, stderr } = await launched.ended;
    expect(code).toBe(254);
    expect(stderr).toContain('npm took --vary for itself. Put -- before the file');
  });

  test('a place for --csv that cannot be written is told before the first run', async () => {
    const place = join(scratch.directory, 'none', 'rows.csv');
    const { code, stderr } = await sweep([sample('5nodes'), '--csv', place, '--out', out]);
    expect(code).toBe(254);
    expect(stderr).toContain('Choose another place with --csv');
    expect(existsSync(out)).toBe(false);
  });

  test('processes that strangers could reach are refused, as cluster refuses them', async () => {
    const words = [
      sample('3nodes'),
      '--engine',
      'cluster',
      '--master',
      '0.0.0.0 0',
      '--repeat',
      '1',
    ];
    const { code, stderr } = await sweep([...words, '--out', out]);
    expect(code).toBe(254);
    expect(stderr).toContain('0.0.0.0 can be reached from other machines');
    expect(rowsIn()).toEqual([]);
  });
});
