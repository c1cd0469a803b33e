/**
 * One project per kind of test, so that `npm test -- --selectProjects unit` runs only the fast ones.
 * Jest does not type-check here; `npm run types` does.
 */
const kinds = ['unit', 'paper', 'simulation', 'golden', 'contract', 'integration', 'e2e'];

const project = (kind) => ({
  displayName: kind,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/tests/${kind}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true }] },
});

export default {
  projects: kinds.map(project),
  maxWorkers: 2,
  testTimeout: 60_000,
};
