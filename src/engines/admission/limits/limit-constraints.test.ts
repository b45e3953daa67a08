import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../../../lang/quantity.ts';
import { readResourceList } from '../../../lang/resource-list.ts';
import { brokenBound, type Limit } from './limit-constraints.ts';

interface Asked {
  readonly request?: string;
  readonly limit?: string;
}

function broken(bound: Limit['bound'], enforced: string, { request, limit }: Asked, type = 'Container'): string {
  const quantity = parseQuantity(enforced);
  if (quantity === undefined) throw new Error(`${enforced} is no quantity`);
  const list = (cpu: string | undefined) => readResourceList(cpu === undefined ? {} : { cpu });
  return brokenBound(
    { type, bound, resource: 'cpu', enforced: quantity },
    { requests: list(request), limits: list(limit) },
  );
}

describe('what is just within a bound is allowed', () => {
  it.each<[Limit['bound'], string, Asked]>([
    ['min', '100m', { request: '100m', limit: '100m' }],
    ['min', '100m', { request: '100m' }],
    ['max', '2', { limit: '2' }],
    ['max', '2', { request: '2', limit: '2' }],
    ['maxLimitRequestRatio', '2', { request: '1', limit: '2' }],
    ['maxLimitRequestRatio', '2.5', { request: '400m', limit: '1' }],
  ])('%s %s: %o', (bound, enforced, asked) => {
    expect(broken(bound, enforced, asked)).toBe('');
  });

  it('of a claim, whose requests alone are held to a maximum', () => {
    expect(broken('max', '2', { request: '2' }, 'PersistentVolumeClaim')).toBe('');
  });
});

describe('what is beyond a bound is refused', () => {
  it.each<[Limit['bound'], string, Asked, string]>([
    ['min', '100m', {}, 'minimum cpu usage per Container is 100m.  No request is specified'],
    ['min', '100m', { request: '99m' }, 'minimum cpu usage per Container is 100m, but request is 99m'],
    ['min', '100m', { request: '100m', limit: '99m' }, 'minimum cpu usage per Container is 100m, but limit is 99m'],
    ['max', '2', {}, 'maximum cpu usage per Container is 2.  No limit is specified'],
    ['max', '2', { limit: '2001m' }, 'maximum cpu usage per Container is 2, but limit is 2001m'],
    ['max', '2', { request: '3', limit: '2' }, 'maximum cpu usage per Container is 2, but request is 3'],
    [
      'maxLimitRequestRatio',
      '2',
      { request: '1', limit: '2001m' },
      'cpu max limit to request ratio per Container is 2, but provided ratio is 2.001000',
    ],
    [
      'maxLimitRequestRatio',
      '2',
      { limit: '1' },
      'cpu max limit to request ratio per Container is 2, but no request is specified or request is 0',
    ],
    [
      'maxLimitRequestRatio',
      '2',
      { request: '1', limit: '0' },
      'cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0',
    ],
  ])('%s %s: %o', (bound, enforced, asked, message) => {
    expect(broken(bound, enforced, asked)).toBe(message);
  });

  it('of a claim', () => {
    expect(broken('max', '2', { request: '3' }, 'PersistentVolumeClaim')).toBe(
      'maximum cpu usage per PersistentVolumeClaim is 2, but request is 3',
    );
  });
});
