import { expect, test } from '@jest/globals';
import { renderAudit, renderAuditInShort } from '../../../report/audit-text.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import { editNode, judged } from '../checker/judged.ts';

const right = judged(playRun(smallConfig()));
const wrong = judged(
  editNode(playRun(smallConfig()), 2, (event) =>
    event.kind === 'report' ? { ...event, used: event.used.toReversed() } : event,
  ),
);

test('a right run: every oracle on a line of its own, then properties, damage and verdict', () => {
  const text = renderAudit(right, 'runs/x', []);
  expect(text).toMatch(
    /^runs\/x: small, mean, n = 5, f = 2, ε = 0\.001, seed 7\n\n {2}O1 {3}hull /,
  );
  expect(text.match(/^ {2}O\d+ /gm)).toHaveLength(right.oracles.length);
  expect(text).toMatch(/^result\.json {2}says the same\n\nPASS {2}all four properties/m);
  expect(text.endsWith('the record\n')).toBe(true);
});

test('a broken oracle: how often, and the first places', () => {
  const text = renderAudit(wrong, 'runs/x', null);
  const { broken } = wrong.oracles.find(({ id }) => id === 'O5')!;
  expect(broken).toBeGreaterThan(5);
  expect(text).toMatch(new RegExp(`^ {2}O5 +quorums +violated +broken ${broken} times`, 'm'));
  expect(text).toMatch(/^ {7}! node 2 ended round 0 with values of/m);
  expect(text).toContain(`       ! and ${broken - 5} more\n`);
  expect(text).toMatch(/^result\.json {2}not there$/m);
});

test('one of many runs: the verdict, and no oracle that holds', () => {
  expect(renderAuditInShort(right, 'runs/x', [])).toMatch(/^runs\/x {2}PASS {2}[^\n]*\n$/);
  const text = renderAuditInShort(wrong, 'runs/y', ['verdict is "pass"']);
  expect(text).toMatch(/^runs\/y {2}INCONCLUSIVE {2}/);
  expect(text).toMatch(/^ {2}O5 /m);
  expect(text).not.toMatch(/ proved /);
  expect(text).toContain('verdict is "pass"');
});
