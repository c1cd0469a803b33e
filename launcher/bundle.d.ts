/** The folder with launcher.js, node.js and master.js, bundled now if the sources have changed. */
export function bundleDirectory(): Promise<string>;

/** Puts the programs of `npm run bench` into it. */
export function bundleBench(directory: string): Promise<void>;
