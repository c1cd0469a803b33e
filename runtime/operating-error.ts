/**
 * Operating trouble: nobody's bug and not the config's fault. Carries a code from a closed union, so
 * that an entry point can map it to an exit code and a test can tell one from another.
 */
export type OperatingCode =
  | 'port-taken'
  | 'cannot-listen'
  | 'peer-missing'
  | 'master-missing'
  | 'master-gone'
  | 'launcher-gone'
  | 'refused'
  /** The other end is not who it should be; the keys given cannot be used. */
  | 'not-trusted'
  | 'bad-keys'
  | 'dismissed'
  | 'run-failed';

export class OperatingError extends Error {
  override readonly name = 'OperatingError';
  readonly code: OperatingCode;

  /** `cause`: what the system said. */
  constructor(code: OperatingCode, message: string, cause?: Error) {
    super(message, { cause });
    this.code = code;
  }
}
