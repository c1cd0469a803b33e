import { describe, expect, test } from '@jest/globals';
import { parseVary } from '../../../sweeps/axis.ts';

describe('values', () => {
  test.each([
    ['n=3..6', ['3', '4', '5', '6']],
    ['n=10..50..20', ['10', '30', '50']],
    ['n=3,5,9..11', ['3', '5', '9', '10', '11']],
    ['f=1,2,max', ['1', '2', 'max']],
    ['f=1..max', ['1..max']],
    ['algorithm=mean, midpoint', ['mean', 'midpoint']],
    ['delay=0 20,exponential 1 20 cap 500', ['0 20', 'exponential 1 20 cap 500']],
    ['crash=0.03, 0.1 per-round', ['0.03', '0.1 per-round']],
    ['inputs=uniform,values 0.3 0.4', ['uniform', 'values 0.3 0.4']],
    ['n=4,4,4', ['4']],
    ['epsilon=1e-3', ['1e-3']],
  ])('%s', (text, values) => {
    expect(parseVary(text)).toEqual({ name: text.split('=')[0], values });
  });
});

describe('what is refused, and what to do', () => {
  test.each([
    ['n', '"n" names no values; expected NAME=VALUES; write for example --vary n=3..20'],
    ['seed=1,2', 'seed cannot be varied'],
    ['node=1', 'vary n, and inputs'],
    ['nn=3', 'did you mean "n"?'],
    ['n=9..3', 'n=9..3 never comes to its end'],
    ['n=3..9..0', 'n=3..9..0 never comes to its end'],
    ['n=1..20000', 'n has 10001 values; expected at most 10000'],
    ['n=', 'n has an empty value'],
    ['n=3,,4', 'n has an empty value; expected a value; remove a comma'],
    ['crash=2', 'crash=2: P of crash is 2; expected a probability from 0 to 1'],
    ['algorithm=meen', 'unknown algorithm "meen"; expected mean, midpoint, select; did you mean'],
    ['inputs=foo', 'inputs "foo" cannot be read; expected uniform [LOW HIGH]'],
    ['inputs=uniform 3 1', 'inputs "uniform 3 1" cannot be read'],
  ])('%s', (text, message) => {
    expect(() => parseVary(text)).toThrow(message);
  });
});
