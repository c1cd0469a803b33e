/**
 * `import()` that also works in a bundle. What launcher/run.cjs runs is no module and knows no
 * way to the loader of Node.js, so the runner lends its own.
 */
interface Runner {
  readonly importForBundles?: (specifier: string) => Promise<unknown>;
}

export const importModule = (specifier: string): Promise<unknown> =>
  (globalThis as Runner).importForBundles?.(specifier) ?? import(specifier);
