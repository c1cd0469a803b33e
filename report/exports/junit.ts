/**
 * The properties as JUnit XML, for graders: one test case each, and one for the verdict. A violated one
 * fails. One that could not be decided is an error, not skipped: most graders take skipped for fine.
 */
import type { PropertyState, Result, Verdict } from '../../record/result.ts';

interface Case {
  readonly name: string;
  readonly state: PropertyState;
  readonly sentence: string;
}

const verdictStates: Readonly<Record<Verdict, PropertyState>> = {
  pass: 'proved',
  violated: 'violated',
  inconclusive: 'unverifiable',
};

export function junitXml(result: Result): string {
  const cases = casesOf(result);
  const failures = cases.filter(({ state }) => state === 'violated').length;
  const errors = cases.filter(({ state }) => state === 'unverifiable').length;
  const name = attribute(result.identity.name ?? 'run');
  const { startMs, finishMs } = result.statistics.timing;
  const seconds = startMs === null || finishMs === null ? 0 : (finishMs - startMs) / 1000;
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}"`;
  const body = cases.map((each) => caseXml(each, name)).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts} time="${seconds}">
  <testsuite name="${name}" ${counts} skipped="0" time="${seconds}">
    <properties>
${propertiesXml(result)}
    </properties>
${body}
    <system-out>${text(result.repeat)}</system-out>
  </testsuite>
</testsuites>
`;
}

function casesOf({ properties, verdict, reason }: Result): Case[] {
  const { validity, agreement, termination, faultBound } = properties;
  return [
    { name: 'validity', ...validity },
    { name: 'epsilon-agreement', ...agreement },
    { name: 'termination', ...termination },
    { name: 'at most f faults', ...faultBound },
    { name: 'verdict', state: verdictStates[verdict], sentence: reason },
  ];
}

function caseXml({ name, state, sentence }: Case, run: string): string {
  const open = `    <testcase classname="within.${run}" name="${attribute(name)}" time="0"`;
  if (state === 'proved')
    return `${open}>\n      <system-out>${text(sentence)}</system-out>\n    </testcase>`;
  const kind = state === 'violated' ? 'failure' : 'error';
  const inner = `<${kind} type="${state}" message="${attribute(sentence)}">${text(sentence)}</${kind}>`;
  return `${open}>\n      ${inner}\n    </testcase>`;
}

function propertiesXml({ identity, verdict, exitCode }: Result): string {
  return Object.entries({ ...identity, verdict, exitCode })
    .map(
      ([name, value]) =>
        `      <property name="${name}" value="${attribute(String(value ?? ''))}"/>`,
    )
    .join('\n');
}

/** XML 1.0 has no way at all to write most control characters. */
const legal = (raw: string): string =>
  // eslint-disable-next-line no-control-regex -- they are what has to go
  raw.replaceAll(/[\u0000-\u0008\v\f\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');

const text = (raw: string): string =>
  legal(raw).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const attribute = (raw: string): string =>
  text(raw).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
