/** The JUnit XML that graders and CI servers read: one testsuites, its counts true, no other children. */
import { describe, expect, test } from '@jest/globals';
import { junitXml } from '../../../../report/exports/junit.ts';
import type { Result } from '../../../../record/result.ts';
import { judged } from '../../../fixtures/judged-run.ts';
import { playRun, smallConfig } from '../../../fixtures/recorded-run.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const plain = (text: string): string =>
  text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** Well-formed XML without comments and CDATA; throws on anything else. */
function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  expect(body).not.toBe(xml);
  for (const [whole, close, name = '', raw = '', self, text] of body.matchAll(
    /<(\/)?([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/)?>|([^<]+)/g,
  )) {
    const top = stack.at(-1);
    if (top === undefined) throw new Error(`after the end: ${whole}`);
    if (text !== undefined) {
      expect(text).not.toMatch(/&(?!(lt|gt|quot|amp|#\d+);)/);
      top.text += plain(text);
    } else if (close !== undefined) {
      if (top.name !== name) throw new Error(`${top.name} ends as ${name}`);
      stack.pop();
    } else {
      const attributes = Object.fromEntries(
        [...raw.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
          key,
          plain(value),
        ]),
      );
      const made: Element = { name, attributes, children: [], text: '' };
      top.children.push(made);
      if (self === undefined) stack.push(made);
    }
  }
  expect(stack).toHaveLength(1);
  expect(root.children).toHaveLength(1);
  return root.children[0] ?? root;
}

const { result } = judged(playRun(smallConfig()));
const suiteOf = (of: Result): { root: Element; suite: Element; cases: Element[] } => {
  const root = parseXml(junitXml(of));
  const suite = root.children[0] ?? root;
  return { root, suite, cases: suite.children.filter(({ name }) => name === 'testcase') };
};

describe('JUnit XML', () => {
  test('has the shape of the schema', () => {
    const { root, suite, cases } = suiteOf(result);
    expect(root.name).toBe('testsuites');
    expect(suite.name).toBe('testsuite');
    expect(suite.children.map(({ name }) => name)).toEqual([
      'properties',
      ...cases.map(({ name }) => name),
      'system-out',
    ]);
    for (const { attributes, children } of cases) {
      expect(Object.keys(attributes)).toEqual(['classname', 'name', 'time']);
      expect(children.every(({ name }) => ['failure', 'error', 'system-out'].includes(name))).toBe(
        true,
      );
    }
  });

  test('a pass has four properties and a verdict, all of them passed', () => {
    const { suite, cases } = suiteOf(result);
    expect(cases.map(({ attributes }) => attributes['name'])).toEqual([
      'validity',
      'epsilon-agreement',
      'termination',
      'at most f faults',
      'verdict',
    ]);
    expect(suite.attributes).toMatchObject({
      tests: '5',
      failures: '0',
      errors: '0',
      skipped: '0',
    });
    expect(
      cases.flatMap(({ children }) => children).every(({ name }) => name === 'system-out'),
    ).toBe(true);
  });

  test('takes as long as from the start to the end, and nothing when one of them is missing', () => {
    const seconds = (startMs: number | null, finishMs: number | null): string | undefined => {
      const timing = { ...result.statistics.timing, startMs, finishMs };
      const changed = { ...result, statistics: { ...result.statistics, timing } };
      return suiteOf(changed).suite.attributes['time'];
    };
    expect(seconds(250, 1_000)).toBe('0.75');
    expect([seconds(250, null), seconds(null, 1_000), seconds(null, null)]).toEqual([
      '0',
      '0',
      '0',
    ]);
  });

  test('violated fails, what could not be decided is an error, and the counts say so', () => {
    const { validity, agreement } = result.properties;
    const properties = {
      ...result.properties,
      validity: {
        ...validity,
        state: 'violated',
        sentence: 'node 3 held 7 & "more" <than> 1',
      } as const,
      agreement: { ...agreement, state: 'unverifiable' } as const,
    };
    const { root, suite, cases } = suiteOf({
      ...result,
      properties,
      verdict: 'violated',
      reason: 'so',
    });
    const kinds = cases.map(({ children }) => children[0]?.name);
    expect(kinds).toEqual(['failure', 'error', 'system-out', 'system-out', 'failure']);
    for (const { attributes } of [root, suite])
      expect(attributes).toMatchObject({ failures: '2', errors: '1' });
    expect(cases[0]?.children[0]?.attributes['message']).toBe('node 3 held 7 & "more" <than> 1');
  });

  test('an inconclusive run is never green', () => {
    const { cases } = suiteOf({ ...result, verdict: 'inconclusive', reason: 'a link broke' });
    expect(cases.at(-1)?.children[0]).toMatchObject({
      name: 'error',
      attributes: { message: 'a link broke' },
    });
  });

  test('characters that XML cannot have are replaced', () => {
    const reason = 'a\u0000b\u0007c\ud800d\u{1f600}\ne';
    const { cases } = suiteOf({ ...result, verdict: 'violated', reason });
    expect(cases.at(-1)?.children[0]?.attributes['message']).toBe(
      'a\ufffdb\ufffdc\ufffdd\u{1f600}\ne',
    );
  });
});
