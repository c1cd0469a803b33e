/**
 * One project per kind of test, so that `npm test -- --selectProjects unit` runs only the fast ones.
 * Jest does not type-check here; `npm run types` does.
 */
const kinds = ['unit', 'paper', 'simulation', 'contract', 'integration', 'e2e'];

const project = (kind) => ({
  displayName: kind,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/tests/${kind}/**/*.test.ts`],
  // Run directories hold copies of configs and bundles; they are no modules of ours.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/runs/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true }] },
  // Everything comes from @jest/globals, by name.
  injectGlobals: false,
});

export default {
  projects: kinds.map(project),
  maxWorkers: 2,
  testTimeout: 60_000,
};
