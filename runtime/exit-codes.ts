/** Every exit code of every process, once. docs/exit-codes.md is the table for people. */
export const EXIT = {
  /** Verdict pass; a node that did output. */
  pass: 0,
  /** Verdict violated: a property is broken although its assumptions held. */
  violated: 1,
  /** Verdict inconclusive; a node that crashed as planned or was stopped before it could output. */
  inconclusive: 2,
  /** A closed terminal (128 + SIGHUP), Ctrl-C (SIGINT) and SIGTERM, as shells report them. */
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
  /** Bad arguments, bad config, an id or digest that does not belong to the run. */
  usage: 254,
  /** The tool or its surroundings failed: taken port, missing peer, killed master, uncaught error. */
  failure: 255,
} as const;
