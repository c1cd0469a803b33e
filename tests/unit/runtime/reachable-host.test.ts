import { expect, test } from '@jest/globals';
import { isLoopback, reachableHost } from '../../../runtime/reachable-host.ts';

const interfaces = () => [
  { address: '127.0.0.1', internal: true },
  { address: '10.0.0.7', internal: false },
];

test.each([
  ['h1', '10.0.0.9', '10.0.0.9', 'the end of its connection to the master'],
  ['127.0.0.1', '127.0.0.1', '127.0.0.1', 'loopback, where the master is'],
  ['localhost', '::1', '::1', 'loopback, where the master is'],
  ['h1', '127.0.1.1', '10.0.0.7', 'its own name means loopback here, and nowhere else'],
])('master %s, local end %s: %s (%s)', (master, local, host) => {
  expect(reachableHost(master, local, interfaces)).toBe(host);
});

test('a machine with loopback only says so', () => {
  expect(reachableHost('h1', '127.0.1.1', () => interfaces().slice(0, 1))).toBe('127.0.1.1');
});

test('a name may stand for anything', () => {
  expect(['127.9.9.9', '::1', 'localhost'].every(isLoopback)).toBe(true);
  expect(['h1', '0.0.0.0', '10.0.0.1', '127.evil.org'].some(isLoopback)).toBe(false);
});
