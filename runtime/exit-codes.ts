/** Every exit code of every process, once. docs/exit-codes.md is the table for people. */
export const EXIT = {
  /** Verdict pass; a node that did output. */
  pass: 0,
  /** Verdict violated: a property is broken although its assumptions held. */
  violated: 1,
  /** Verdict inconclusive; a node that crashed as planned or was stopped before it could output. */
  inconclusive: 2,
  /** Ctrl-C (128 + SIGINT) and SIGTERM (128 + SIGTERM), as shells report them. */
  interrupted: 130,
  terminated: 143,
  /** Bad arguments, bad config, an id or digest that does not belong to the run. */
  usage: 254,
  /** The tool or its surroundings failed: taken port, missing peer, killed master, uncaught error. */
  failure: 255,
} as const;
