/**
 * report.html: one file that opens from disk and asks no network for anything. Style and script are
 * made beforehand (launcher/build.cjs); here the run's data is put between them, nothing more, so that
 * the end of a run costs milliseconds.
 */
import type { PageDocument } from './page-data.ts';

export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/** `summary`: what people see who have scripts switched off. */
export function renderHtml(document: PageDocument, assets: PageAssets, summary: string): string {
  const title = titleOf(document);
  return `<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policyFor(document)}">
<link rel="icon" href="data:,">
<title>${asText(title)} · Within</title>
<style>${assets.style}</style>
</head>
<body>
<div id="within"><noscript><pre>${asText(summary)}</pre></noscript></div>
<script type="application/json" id="within-data">${asScriptData(document)}</script>
<script>${assets.script}</script>
</body>
</html>
`;
}

/** Nothing may be fetched, whatever a record has in it; a live page asks its own server. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

const policyFor = ({ kind }: PageDocument): string =>
  kind === 'live' ? `${POLICY}; connect-src 'self'` : POLICY;

function titleOf(document: PageDocument): string {
  switch (document.kind) {
    case 'run':
    case 'live': {
      const { config, result } = document.run;
      return `${config?.name ?? 'run'}: ${result?.verdict ?? 'running'}`;
    }
    case 'comparison':
      return 'Two runs compared';
    case 'sweep':
      return `${document.sweep.name}: sweep`;
  }
}

const asText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** JSON in which no tag can begin: `</script>` in a name would end the block. */
const asScriptData = (document: PageDocument): string =>
  JSON.stringify(document).replaceAll('<', '\\u003c');
