import { describe, expect, test } from '@jest/globals';
import { renderHtml } from '../../../report/html-report.ts';
import { PAGE_SCHEMA } from '../../../report/page-data.ts';
import type { PageData, PageDocument } from '../../../report/page-data.ts';
import { judged } from '../../fixtures/judged-run.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';

const assets = { style: 'body{}', script: 'start()' };
const { data } = judged(playRun(smallConfig()));

const documentOf = (run: PageData): PageDocument => ({ version: PAGE_SCHEMA, kind: 'run', run });

/** As a browser finds it: up to the first end tag. */
const carried = (html: string): string =>
  /<script type="application\/json" id="within-data">(.*?)<\/script>/s.exec(html)?.[1] ?? '';

describe('report.html', () => {
  const html = renderHtml(documentOf(data), assets, 'PASS  it held');

  test('carries the data, style and script', () => {
    expect(JSON.parse(carried(html))).toEqual(documentOf(data));
    expect(html).toContain('<style>body{}</style>');
    expect(html).toContain('<script>start()</script>');
  });

  test('forbids every request, and refers to nothing elsewhere', () => {
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/(src|href)="(?!data:)/);
    expect(html).not.toMatch(/https?:/);
  });

  test('says the summary where scripts are switched off', () => {
    expect(html).toMatch(/<noscript><pre>PASS {2}it held<\/pre><\/noscript>/);
  });

  test('a name that looks like the end of the script ends nothing', () => {
    const name = '</script><script>alert(1)</script><!--';
    const config = data.config === null ? null : { ...data.config, name };
    const hostile = renderHtml(documentOf({ ...data, config }), assets, name);
    const found = JSON.parse(carried(hostile)) as { run: PageData };
    expect(found.run.config?.name).toBe(name);
    expect(hostile.match(/<script/g)).toHaveLength(2);
    expect(hostile).not.toContain('<!--');
  });

  test('what belongs to the page only is small', () => {
    expect(html.length).toBeLessThan(40_000);
  });
});
