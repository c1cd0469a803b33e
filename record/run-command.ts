/** How a run was started (command.json): what repeats it, and what it ran on. */

export interface RunCommand {
  /** Schema of command.json. */
  readonly version: 1;
  /** Absent: cluster, or the same by hand. */
  readonly command?: 'simulate';
  /** The config as the user named it, relative to where the command was given. */
  readonly file: string;
  /** The flags as given, for example ['--f', '2', '--delay', '0 20']. */
  readonly flags: readonly string[];
  /** Of the config without addresses; null: not computed. */
  readonly digest: string | null;
  readonly environment: Environment;
}

/** What may differ between two machines that repeat the same decisions. */
export interface Environment {
  /** Version of Node.js. */
  readonly node: string;
  readonly platform: string;
  readonly cpus: number;
}
