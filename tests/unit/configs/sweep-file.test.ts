import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../../configs/config-error.ts';
import { parseSweepFile } from '../../../configs/sweep-file.ts';
import { requestOfFile } from '../../../sweeps/resolve-sweep.ts';

const YAML = `# a sweep
config: ../5nodes.txt
repeat: 5
set:
  crash: 0.1 per-round
  delay: 0 20
vary:
  n: 3..5
  f: [1, max]
  algorithm: mean, midpoint
`;

const problemsOf = (text: string): string[] => {
  try {
    requestOfFile('s.yaml', text, []);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('a sweep file', () => {
  test('says what the flags say', () => {
    const request = requestOfFile('configs/sweeps/s.yaml', YAML, []);
    expect(request).toMatchObject({
      name: 's',
      configFile: 'configs/5nodes.txt',
      engine: 'simulate',
      repeat: 5,
      set: { crash: ['0.1 per-round'], delay: ['0 20'] },
      blocks: [
        [
          { name: 'n', values: ['3', '4', '5'] },
          { name: 'f', values: ['1', 'max'] },
          { name: 'algorithm', values: ['mean', 'midpoint'] },
        ],
      ],
    });
  });

  test('may be JSON', () => {
    const json = JSON.stringify({ config: 'a.txt', vary: [{ n: [3, 5] }, { n: '7..9' }] }, null, 2);
    expect(requestOfFile('s.json', json, []).blocks).toEqual([
      [{ name: 'n', values: ['3', '5'] }],
      [{ name: 'n', values: ['7', '8', '9'] }],
    ]);
  });

  test('whose aliases stand for too much is refused, and not written out', () => {
    const bomb = ['a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed']) {
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${of}`).join(', ')}]`);
    }
    expect(problemsOf(`${bomb.join('\n')}\n`)).toContainEqual(
      expect.stringMatching(/s\.yaml: .*expected fewer aliases/),
    );
  });

  test('paths in it start from where it is', () => {
    const text =
      'config: c.txt\ninputs: csv ../data.csv t\nvary:\n  algorithm: [mean, ./mine.ts]\n';
    const { inputs, blocks } = requestOfFile('lab/week1/s.yaml', text, []);
    expect(inputs).toBe('csv lab/data.csv t');
    expect(blocks[0]![0]!.values).toEqual(['mean', 'lab/week1/mine.ts']);
  });
});

describe('problems have their line, and all come at once', () => {
  test.each([
    ['engin: simulate\nconfig: a\n', ['s.yaml:1: unknown key "engin"']],
    ['config: a\nrepeat: many\n', ['s.yaml:2: repeat cannot be used; expected how many runs']],
    ['repeat: 3\n', ['s.yaml: config is missing or no text']],
    ['- 1\n', ['s.yaml: this is no sweep']],
    ['', ['s.yaml: this is no sweep']],
    ['config: a\nset: [1\n', ['s.yaml:3: ']],
    [
      'config: a\nset:\n  crash: 2\n  delya: 0\n',
      ['s.yaml:3: P of crash is 2', 's.yaml:4: unknown keyword "delya"'],
    ],
    ['config: a\nset:\n  seed: 2\n', ['s.yaml:3: seed cannot be set']],
    [
      'config: a\nvary:\n  n: 3\n  f: [1, maxx]\n',
      ['s.yaml:4: f=maxx: F "maxx" is not a whole number'],
    ],
    ['config: a\nvary:\n  - n: 3\n  - n: x\n', ['s.yaml:4: n=x: N "x" is not a whole number']],
    ['config: a\nvary:\n  n: {a: 1}\n', ['s.yaml:3: ']],
  ])('%j', (text, starts) => {
    const problems = problemsOf(text);
    expect(problems.map((problem, index) => problem.slice(0, starts[index]?.length))).toEqual(
      starts,
    );
  });

  test('many aliases are no bomb', () => {
    const text = `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nvary: [${'*c,'.repeat(9)}]\n`;
    expect(() => parseSweepFile('s.yaml', text)).toThrow();
  });
});
