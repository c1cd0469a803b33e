/** The folder with launcher.js, node.js and master.js, bundled now if the sources have changed. */
export function bundleDirectory(): Promise<string>;
