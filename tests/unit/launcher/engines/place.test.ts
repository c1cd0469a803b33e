import { describe, expect, test } from '@jest/globals';
import { addressIn, findPlace, firstHost } from '../../../../launcher/engines/place.ts';

const srun = {
  SLURM_PROCID: '3',
  SLURM_NTASKS: '6',
  SLURM_STEP_NODELIST: 'h[1-3]',
  SLURM_JOB_ID: '17',
  SLURM_STEP_ID: '2',
};

describe('which process of the run this one is', () => {
  test('by flags alone', () => {
    expect(findPlace({ rank: '3', size: '6', master: 'h1:9000' }, {})).toEqual({
      rank: 3,
      size: 6,
      master: { host: 'h1', port: 9000 },
    });
  });

  test('by srun alone, with a port of the step', () => {
    const { rank, size, master } = findPlace({}, srun);
    expect({ rank, size, host: master.host }).toEqual({ rank: 3, size: 6, host: 'h1' });
    expect(master.port).toBe(20_000 + 17 * 16 + 2);
    expect(findPlace({}, { ...srun, SLURM_STEP_ID: '3' }).master.port).not.toBe(master.port);
    const late = findPlace({}, { ...srun, SLURM_JOB_ID: '99999999' }).master.port;
    expect(late).toBeGreaterThanOrEqual(20_000);
    expect(late).toBeLessThan(32_000);
  });

  test('in an Indexed Job: the index is the rank, the manifest names the rest', () => {
    const env = { JOB_COMPLETION_INDEX: '0', WITHIN_SIZE: '6', WITHIN_MASTER: 'run-0.run' };
    expect(findPlace({}, env)).toEqual({
      rank: 0,
      size: 6,
      master: { host: 'run-0.run', port: 20_000 },
    });
  });

  test('under Open MPI', () => {
    const env = { OMPI_COMM_WORLD_RANK: '2', OMPI_COMM_WORLD_SIZE: '4' };
    expect(findPlace({ master: 'h1' }, env)).toMatchObject({ rank: 2, size: 4 });
  });

  test('a flag outranks a variable of ours, which outranks the engine', () => {
    const env = { ...srun, WITHIN_RANK: '4', WITHIN_MASTER: 'h9:1' };
    expect(findPlace({}, env)).toMatchObject({ rank: 4, size: 6, master: { host: 'h9', port: 1 } });
    expect(findPlace({ rank: '5' }, env)).toMatchObject({ rank: 5 });
  });

  test.each([
    [{}, {}, /which rank\?.*--rank or WITHIN_RANK/],
    [{ rank: '1' }, {}, /which master\?.*--master or WITHIN_MASTER/],
    [{ rank: '-1', master: 'h' }, {}, /--rank -1: expected a whole number from 0/],
    [{ rank: 'x', master: 'h' }, {}, /--rank x/],
    [{ rank: '6', size: '6', master: 'h' }, {}, /of 6 processes the ranks are 0 to 5/],
    [{ rank: '1', size: '1', master: 'h' }, {}, /--size 1: expected a whole number from 2/],
    [{ rank: '1', master: 'h:0' }, {}, /--master h:0: expected HOST or HOST:PORT/],
    [{ rank: '1', master: 'h:70000' }, {}, /--master h:70000/],
    [{ rank: '1', master: '::1' }, {}, /--master ::1/],
  ])('%j %j is refused, with what to do', (flags, env, problem) => {
    expect(() => findPlace(flags, env)).toThrow(problem);
  });
});

test.each([
  ['h1', 'h1'],
  ['h1,h2', 'h1'],
  ['h[1-3,7]', 'h1'],
  ['h[07,09-11],k2', 'h07'],
  ['rack[2-3]node[05-06]-ib,x', 'rack2node05-ib'],
])('the first host of %s is %s', (list, host) => {
  expect(firstHost(list)).toBe(host);
});

test.each([
  ['h1', 'h1', 20_000],
  ['h1:9', 'h1', 9],
  ['[fd00::1]:9', 'fd00::1', 9],
  ['[fd00::1]', 'fd00::1', 20_000],
])('%s is %s, port %d', (text, host, port) => {
  expect(addressIn(text)).toEqual({ host, port });
});
