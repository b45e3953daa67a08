import { expect, test } from 'vitest';
import { reasonIn } from './build-problems.ts';

test.each([
  [
    "accumulating resources: accumulation err='accumulating resources from 'a.yaml': '/x/a.yaml' doesn't exist': must build at directory: not a valid directory: '/x/a.yaml' doesn't exist",
    "'/x/a.yaml' doesn't exist",
  ],
  [
    "accumulating resources: accumulation err='accumulating resources from '../base': '/base' must resolve to a file': recursed accumulation of path '/base': accumulating resources: accumulation err='accumulating resources from 'b.yaml': '/base/b.yaml' doesn't exist': must build at directory: not a valid directory: '/base/b.yaml' doesn't exist",
    "'/base/b.yaml' doesn't exist",
  ],
  [
    "accumulating resources: accumulation err='accumulating resources from '../b': '/b' must resolve to a file': cycle detected: candidate root '/b' contains visited root '/b'",
    "cycle detected: candidate root '/b' contains visited root '/b'",
  ],
  [
    "accumulating resources: accumulation err='accumulating resources from '../a.yaml': security; file '/a.yaml' is not in or below '/x'': must build at directory: '/a.yaml': file is not directory",
    "security; file '/a.yaml' is not in or below '/x'",
  ],
  ['no matches for Id Deployment.v1.apps/web', 'no matches for Id Deployment.v1.apps/web'],
])('%s', (message, reason) => {
  expect(reasonIn(message)).toBe(reason);
});
