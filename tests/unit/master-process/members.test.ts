import { expect, test } from '@jest/globals';
import { alive, createMembers, dead, inState, nameNodes } from '../../../master-process/members.ts';

test('nodes are named as one would say it', () => {
  expect(nameNodes([3])).toBe('node 3');
  expect(nameNodes([3, 4])).toBe('nodes 3 and 4');
  expect(nameNodes([3, 4, 5])).toBe('nodes 3, 4 and 5');
});

test('who has not come yet is neither alive nor dead', () => {
  const members = createMembers(3);
  members.get(1)!.state = 'joined';
  members.get(2)!.state = 'dead';
  expect(alive(members).map(({ id }) => id)).toEqual([1]);
  expect(dead(members).map(({ id }) => id)).toEqual([2]);
  expect(inState(members, 'awaited')).toEqual([3]);
});
