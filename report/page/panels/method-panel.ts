/** What every word on the page means, what the run was, and how to repeat it. */
import type { Result } from '../../../record/result.ts';
import { duration } from '../../numbers.ts';
import type { PageConfig } from '../../page-data.ts';
import { button, element } from '../element.ts';
import { download } from '../download.ts';
import { fateMeanings, fateNames, fateOrder } from '../../fates.ts';
import { createFrame } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { delayInWords } from '../../delay-words.ts';

type Fact = readonly [string, string];

const TERMS: readonly (readonly [string, string])[] = [
  [
    'round',
    'one exchange: a node sends its value, waits for n − f values of the round, its own among them, and updates',
  ],
  ['validity', 'every value lies in the range of the inputs'],
  ['ε-agreement', 'any two outputs are at most ε apart'],
  ['termination', 'every correct node outputs'],
  ['proved', 'the record shows that it held'],
  ['violated', 'it was broken although its assumptions held'],
  ['unverifiable', 'an assumption did not hold, or the record does not tell'],
  [
    'K',
    'the rule’s proven worst contraction: no schedule and no crashes can shrink the spread by less in a round',
  ],
];

export function createMethodPanel(): Panel {
  const frame = createFrame({
    id: 'method',
    title: 'The run, and what the words mean',
    what: 'Everything here is computed from the record of the run, never from what a process claims at the end.',
    isWide: true,
  });
  return {
    element: frame.element,
    show({ data }) {
      const { config, result } = data;
      frame.after.replaceChildren(
        element('h3', {}, 'The run'),
        definitions(runFacts(config, result)),
        ...(result === null ? [] : repeatBlock(result)),
        ...damage(result),
        element('h3', {}, 'Words'),
        definitions([...TERMS, ...fateTerms()]),
        element(
          'p',
          { class: 'row' },
          button('Download the data of this page (JSON)', { 'data-save': 'json' }, () => {
            download('within-page-data.json', JSON.stringify(data), 'application/json');
          }),
        ),
      );
    },
  };
}

const fateTerms = (): [string, string][] =>
  fateOrder.map((fate) => [`message ${fateNames[fate]}`, fateMeanings[fate]]);

const definitions = (facts: readonly (readonly [string, string])[]): HTMLElement =>
  element(
    'dl',
    { class: 'facts' },
    ...facts.flatMap(([name, text]) => [element('dt', {}, name), element('dd', {}, text)]),
  );

function runFacts(config: PageConfig | null, result: Result | null): Fact[] {
  return [
    ...(config === null ? [] : configFacts(config, result)),
    ...(result === null ? [] : [...timeFacts(result), ...identityFacts(result)]),
  ];
}

function configFacts(config: PageConfig, result: Result | null): Fact[] {
  const { name, algorithm, n, f, epsilon, seed, crash, crashMode, stop, rounds } = config;
  const source = result?.identity.seedFrom;
  return [
    ['config', `${name}: ${algorithm}, n = ${n}, f = ${f}, ε = ${epsilon}`],
    ['seed', `${seed}${source ? ` (from ${source})` : ''}`],
    ['crashes', `${crash.probability} per ${crash.per}, ${crashMode}`],
    ['delays', delayInWords(config)],
    ...config.faults.map((sentence, index): Fact => [index === 0 ? 'faults' : '', sentence]),
    ['stop', stop === 'frozen' ? 'rule F: the master names the round' : `after round ${rounds}`],
  ];
}

/** What the run did not come to is left out. */
function timeFacts({ statistics }: Result): Fact[] {
  const { registeredMs, readyMs, startMs, decisionLagMs } = statistics.timing;
  const facts: readonly (readonly [string, number | null, string])[] = [
    ['processes up', registeredMs, 'after the run’s origin'],
    ['connected', readyMs, 'after the run’s origin'],
    ['start barrier', startMs, 'after the run’s origin; times on this page count from here'],
    ['master’s lag', decisionLagMs, 'from the report or death that settled it to the decision'],
  ];
  return facts.flatMap(([name, ms, note]) =>
    ms === null ? [] : [[name, `${duration(ms)} ${note}`] as const],
  );
}

function identityFacts({ identity, environment }: Result): Fact[] {
  const facts: Fact[] = [
    ['run', identity.run ?? 'unknown'],
    ['config digest', identity.digest ?? 'unknown'],
  ];
  if (environment === null) return facts;
  const { node, platform, cpus } = environment;
  return [...facts, ['machine', `Node.js ${node}, ${platform}, ${cpus} CPUs`]];
}

function repeatBlock({ repeat }: Result): HTMLElement[] {
  const copy = button('copy', { class: 'small', 'aria-label': 'Copy the command' }, () => {
    void navigator.clipboard.writeText(repeat);
  });
  return [
    element('h3', {}, 'Repeat its decisions'),
    element('p', { class: 'row' }, element('code', {}, repeat), copy),
  ];
}

function damage(result: Result | null): HTMLElement[] {
  if (result === null || result.damage.length === 0) return [];
  const items = result.damage.map(({ file, line, reason }) =>
    element('li', {}, `${file}${line === null ? '' : `:${line}`}: ${reason}`),
  );
  return [element('h3', {}, 'Damage in the record'), element('ul', { class: 'damage' }, ...items)];
}
