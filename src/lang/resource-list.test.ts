import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addLists,
  formatResourceList,
  maskList,
  maxLists,
  multiplyList,
  readResourceList,
  subtractLists,
  withoutZeros,
} from './resource-list.ts';

const quantities = fc.constantFrom('0', '1', '500m', '2', '1Gi', '1G', '64Mi', '1e9');
const lists = fc.dictionary(fc.constantFrom('cpu', 'memory', 'pods'), quantities).map(readResourceList);

describe('resource lists', () => {
  test('are printed by name, each amount in its own format', () => {
    const list = readResourceList({ 'requests.memory': '1024Mi', cpu: '1500m', broken: 'x', none: true });
    expect(formatResourceList(list)).toBe('cpu=1500m,requests.memory=1Gi');
  });

  test('what is taken away leaves nothing less than zero', () => {
    const rest = subtractLists(readResourceList({ cpu: '1' }), readResourceList({ cpu: '2', memory: '1Gi' }));
    expect(formatResourceList(rest)).toBe('cpu=0,memory=0');
    expect(withoutZeros(rest).size).toBe(0);
  });

  test('three times an amount is as much as adding it three times', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const sum = addLists(addLists(list, list), list);
        expect(formatResourceList(multiplyList(list, 3))).toBe(formatResourceList(sum));
      }),
    );
  });

  test('of equal amounts the greater list keeps the spelling it is told to', () => {
    const left = readResourceList({ memory: '1Gi' });
    const right = readResourceList({ memory: '1073741824' });
    expect(formatResourceList(maxLists(left, right, 'left'))).toBe('memory=1Gi');
    expect(formatResourceList(maxLists(left, right, 'right'))).toBe('memory=1073741824');
  });

  test('a sum less one of its terms is the other', () => {
    fc.assert(
      fc.property(lists, lists, (left, right) => {
        const rest = subtractLists(addLists(left, right), right);
        for (const [name, quantity] of withoutZeros(left)) {
          expect(rest.get(name)?.value === 0n).toBe(false);
          const spelled = subtractLists(rest, new Map([[name, quantity]])).get(name);
          expect(spelled?.value).toBe(0n);
        }
        expect([...maskList(left, right.keys()).keys()].every((name) => left.has(name) && right.has(name))).toBe(true);
      }),
    );
  });
});
