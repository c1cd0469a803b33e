/**
 * Who may import whom: the table of docs/architecture.md as rules. One line per room below; a room
 * that does not exist yet costs nothing. `npm run boundaries` checks it.
 *
 * may: rooms imported like any other. types: rooms of which only types may be used, so that no code
 * of theirs is loaded. lazy: rooms loaded by `await import()` when needed, or used for their types.
 */
const rooms = {
  agreement: {},
  faults: { may: ['agreement'] },
  // Also code of agreement/: what a legal value is, is said in one place.
  proto: { may: ['agreement'] },
  configs: { may: ['agreement', 'faults'] },
  record: { may: ['agreement', 'faults'], types: ['configs'] },
  checker: { may: ['agreement', 'faults', 'record'], types: ['configs'] },
  runtime: { may: ['agreement', 'proto'], types: ['configs'] },
  'node-process': {
    may: ['agreement', 'faults', 'proto', 'record', 'runtime'],
    lazy: ['configs'],
  },
  'master-process': {
    may: ['agreement', 'faults', 'proto', 'record', 'runtime'],
    lazy: ['configs', 'checker', 'report'],
  },
  simulator: { may: ['agreement', 'faults', 'record', 'checker'], types: ['configs'] },
  report: { may: ['agreement', 'faults', 'record', 'checker'], types: ['configs'] },
  sweeps: {
    may: ['agreement', 'faults', 'configs', 'record', 'checker', 'simulator', 'report'],
  },
  stress: { any: true },
  launcher: { any: true },
  bench: { any: true },
  tests: { any: true },
};

/** Which room may load which npm package. Everything else is refused; tests and bench are free. */
const packages = {
  zod: 'configs',
  yaml: 'configs|launcher',
  papaparse: 'sweeps',
  protobufjs: 'proto',
  'protobufjs-cli': 'proto',
  execa: 'launcher',
  yargs: 'launcher',
  esbuild: 'launcher',
  'log-update': 'launcher',
  hono: 'launcher',
  '@hono/node-server': 'launcher',
  echarts: 'report',
  selfsigned: 'launcher',
  'kubernetes-models': 'launcher',
};

/** Node.js modules stay out of these rooms: they are given data and return data. */
const roomsWithoutNode = ['agreement', 'faults', 'checker', 'report'];

const names = Object.keys(rooms);
const inRooms = (list) => `^(${list.join('|')})/`;
const leaves = ['tests', 'bench'];

/** The two or three rules of one row. */
function rulesOf([room, { may = [], types = [], lazy = [], any = false }]) {
  const from = { path: inRooms([room]) };
  const rule = (name, list, to) => ({
    name: `${room}-${name}`,
    severity: 'error',
    from,
    to: { path: inRooms(list), ...to },
  });
  const known = any ? names : [room, ...may, ...types, ...lazy];
  const refused = names.filter((name) => !known.includes(name));
  return [
    refused.length > 0 && rule('imports', refused, {}),
    types.length > 0 && rule('types-only', types, { dependencyTypesNot: ['type-only'] }),
    lazy.length > 0 &&
      rule('lazy-only', lazy, { dependencyTypesNot: ['type-only', 'dynamic-import'] }),
  ].filter(Boolean);
}

/** An import of a package by anybody but its room. */
const packageRules = Object.entries(packages).map(([name, room]) => ({
  name: `${name}-only-in-${room}`,
  severity: 'error',
  from: { pathNot: inRooms([room, ...leaves]) },
  to: { path: `^node_modules/${name}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-main',
      comment: 'An entry point runs when it is loaded: children are started by file.',
      severity: 'error',
      from: {},
      to: { path: '(^|/)main\\.ts$' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: inRooms(leaves) },
      to: { path: inRooms(leaves) },
    },
    ...Object.entries(rooms).flatMap(rulesOf),
    ...packageRules,
    {
      name: 'no-other-packages',
      comment: 'A package that a room loads is named in the table above.',
      severity: 'error',
      from: { path: inRooms(names.filter((name) => !leaves.includes(name))) },
      to: {
        path: '^node_modules/',
        pathNot: `^node_modules/(${Object.keys(packages).join('|')}|@types/.*)/`,
      },
    },
    {
      name: 'no-node-modules-in-pure-rooms',
      severity: 'error',
      from: { path: inRooms(roomsWithoutNode) },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    // Type-only imports count too: `import type` of a forbidden room is still a dependency.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^(dist|runs|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node'],
    },
  },
};
