import { expect, test } from 'vitest';
import { jsonDiff } from './json-diff.ts';

test('fields that came, went and changed are told by their paths, maps by their leaves', () => {
  const before = { a: 1, b: { gone: true, same: [1, 2] }, list: [{ x: 1 }], empty: {} };
  const after = { a: 2, b: { same: [1, 2], 'k8s.io/new': 'v' }, list: [{ x: 1, y: { z: 1 } }, 'more'], nothing: {} };
  expect(jsonDiff(before, after)).toEqual([
    { path: 'a', before: 1, after: 2 },
    { path: 'b[k8s.io/new]', before: undefined, after: 'v' },
    { path: 'b.gone', before: true, after: undefined },
    { path: 'list[0].y.z', before: undefined, after: 1 },
    { path: 'list[1]', before: undefined, after: 'more' },
    { path: 'nothing', before: undefined, after: {} },
    { path: 'empty', before: {}, after: undefined },
  ]);
});
