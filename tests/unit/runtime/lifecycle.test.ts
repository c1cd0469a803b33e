import { describe, expect, test } from '@jest/globals';
import { AlgorithmError } from '../../../agreement/algorithm-error.ts';
import { InvariantError } from '../../../agreement/invariant.ts';
import { ConfigError } from '../../../configs/config-error.ts';
import { UsageError } from '../../../launcher/usage-error.ts';
import { describe as describeError, exitCodeOf } from '../../../runtime/lifecycle.ts';
import { OperatingError } from '../../../runtime/operating-error.ts';
import type { OperatingCode } from '../../../runtime/operating-error.ts';

const operating = (code: OperatingCode): OperatingError => new OperatingError(code, 'in words');

describe('the exit code of an error', () => {
  test('is 254 when what the user gave is wrong', () => {
    const errors = [
      new ConfigError([]),
      new UsageError('x'),
      new AlgorithmError('rule.ts', 'it threw', 'a value'),
      operating('refused'),
    ];
    for (const error of errors) expect(exitCodeOf(error)).toBe(254);
  });

  test('is 2 for who is sent home because the run is over', () => {
    expect(exitCodeOf(operating('dismissed'))).toBe(2);
  });

  test('is 255 for everything else, and never 1: that means violated', () => {
    const codes: OperatingCode[] = ['port-taken', 'cannot-listen', 'peer-missing', 'master-gone'];
    const errors = [...codes.map(operating), new InvariantError('x'), new Error('x'), 'x', null];
    for (const error of errors) expect(exitCodeOf(error)).toBe(255);
  });
});

describe('an error in words', () => {
  test('is one sentence when such things are expected to happen', () => {
    expect(describeError(operating('port-taken'))).toBe('in words');
    expect(describeError(new UsageError('no such flag'))).toBe('no such flag');
  });

  test('is the word of the system when it refuses a file or a folder', () => {
    const refused = new Error("ENOENT: no such file or directory, mkdir '/proc/within'");
    Object.assign(refused, { syscall: 'mkdir', path: '/proc/within' });
    expect(describeError(refused)).toBe(
      `${refused.message}. Make room there or give it rights, or name another place.`,
    );
  });

  test('shows where it happened when it is a bug of ours', () => {
    expect(describeError(new InvariantError('a round of −1'))).toMatch(
      /a round of −1\n\s+at .*lifecycle\.test\.ts/,
    );
    expect(describeError('thrown text')).toBe('thrown text');
  });
});
