import { expect, test } from 'vitest';
import { imagePullPolicy } from './image-reference.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx', 'Always'],
  ['nginx:latest', 'Always'],
  ['nginx:1.25', 'IfNotPresent'],
  [`nginx@${DIGEST}`, 'IfNotPresent'],
  [`nginx:latest@${DIGEST}`, 'Always'],
  ['registry:5000/a/b', 'Always'],
  ['localhost/a', 'Always'],
  ['UPPER.io/a', 'Always'],
  ['Upper', 'IfNotPresent'],
  ['a..b', 'IfNotPresent'],
  ['a__b', 'Always'],
  ['', 'IfNotPresent'],
  ['x@sha256:12', 'IfNotPresent'],
  ['a'.repeat(64), 'IfNotPresent'],
])('of the image %s the pull policy is %s', (image, policy) => {
  expect(imagePullPolicy(image)).toBe(policy);
});

test('a long name is judged quickly', () => {
  expect(imagePullPolicy(`${'a-'.repeat(50_000)}!`)).toBe('IfNotPresent');
});
