import { afterEach, describe, expect, test } from '@jest/globals';
import { flagWords } from '../../../configs/flags.ts';
import {
  configFlags,
  numberOption,
  refuseFlagsTakenByNpm,
  stringOption,
} from '../../../launcher/command.ts';
import { UsageError, usageErrorOf } from '../../../launcher/usage-error.ts';

describe('flags', () => {
  test('only those of a config become config lines, in their words', () => {
    const flags = configFlags({ _: ['FILE'], f: ['2'], delay: ['0 20'], json: true, runs: 'runs' });
    expect(flags).toEqual({ f: ['2'], delay: ['0 20'] });
    expect(flagWords({ ...flags, crash: ['0.1', '3 round 2 after 1'] }).sort()).toEqual(
      ['--f', '2', '--delay', '0 20', '--crash', '0.1', '--crash', '3 round 2 after 1'].sort(),
    );
  });

  test('a number is a finite number of at least so much', () => {
    expect(numberOption({ wait: '1.5' }, 'wait', 0.001)).toBe(1.5);
    for (const wait of ['', ' ', 'soon', '0', '-1', 'Infinity', 'NaN']) {
      expect(() => numberOption({ wait }, 'wait', 0.001)).toThrow(UsageError);
    }
  });

  test('one that is given twice is refused', () => {
    expect(() => stringOption({ runs: ['a', 'b'] }, 'runs')).toThrow('--runs expects one value');
  });
});

describe('flags that npm has taken', () => {
  afterEach(() => {
    delete process.env['npm_config_crash_mode'];
  });

  test('are named, with where the -- belongs', () => {
    process.env['npm_config_crash_mode'] = 'silent';
    expect(() => {
      refuseFlagsTakenByNpm(['seed', 'crash-mode']);
    }).toThrow(/npm took --crash-mode for itself\. Put -- before the file/);
  });

  test('are none when npm has set none of them, or an empty one', () => {
    process.env['npm_config_crash_mode'] = '';
    refuseFlagsTakenByNpm(['crash-mode']);
  });
});

describe('a complaint about a command line', () => {
  const flags = ['seed', 'delay', 'fixed-ports'];

  test('suggests the flag that was meant', () => {
    expect(usageErrorOf('Unknown argument: sed', flags).message).toBe(
      'Unknown argument: sed. Did you mean --seed? See --help.',
    );
    expect(usageErrorOf('Unknown arguments: fixedports, x', flags).message).toContain(
      'Did you mean --fixed-ports?',
    );
    expect(usageErrorOf('Unknown argument: zzzzzz', flags).message).not.toContain('mean');
  });

  test('tells how to give a value with spaces', () => {
    const { message } = usageErrorOf('Too many non-option arguments: got 2, maximum of 1', flags);
    expect(message).toContain('quote it');
  });
});
