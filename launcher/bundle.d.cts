/** The folder with launcher.cjs, node.cjs and master.cjs, bundled now if the sources have changed. */
export function bundleDirectory(): Promise<string>;
