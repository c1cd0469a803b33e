/** docs/own-algorithms.md shows files of the repository; tests/e2e/own-algorithm.test.ts runs them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ownAlgorithmIn } from '../../../configs/own-algorithm.ts';
import { importAlgorithm } from '../../../record/load-algorithm.ts';
import { bundleAlgorithm } from '../../../launcher/bundle-algorithm.ts';

const page = readFileSync('docs/own-algorithms.md', 'utf8');
const wrong = 'configs/algorithms/wrong';
const names = readdirSync(wrong).filter((name) => name.endsWith('.ts'));

test('its worked example is the file that it names', () => {
  const [, shown] = /<!-- example -->\n```ts\n(.*?)```/s.exec(page) ?? [];
  expect(shown).toBe(readFileSync('configs/algorithms/weighted-midpoint.ts', 'utf8'));
});

test('its smallest file is one that works', async () => {
  const [, shown = ''] = /smallest file that works:\n\n```ts\n(.*?)```/s.exec(page) ?? [];
  const js = shown.replaceAll(/: (readonly )?number(\[\])?/g, '');
  expect((await importAlgorithm(js, './my.ts')).contraction(3, 1)).toBeNull();
});

test.each([...page.matchAll(/\]\(\.\.\/([^)]*)\)/g)].map(([, path = '']) => path))(
  'what it links to is there: %s',
  (path) => {
    expect(existsSync(path)).toBe(true);
  },
);

test.each(names)(
  'wrong/%s says what is wrong, compiles, and has a config that runs it',
  async (name) => {
    const text = readFileSync(join(wrong, name), 'utf8');
    expect(text).toMatch(/^\/\*\*\n \* WRONG on purpose: /);
    const config = name.replace('.ts', '.txt');
    expect(text).toContain(config);
    const configText = readFileSync(join(wrong, config), 'utf8');
    expect(ownAlgorithmIn(config, configText, {})?.path).toBe(`./${name}`);
    const { code } = await bundleAlgorithm(join(wrong, name), name);
    expect((await importAlgorithm(code, name)).resilience.factor).toBe(2);
    expect(page).toContain(name.replace('.ts', ''));
  },
);
