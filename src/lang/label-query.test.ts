import { expect, test } from 'vitest';
import { parseLabelQuery } from './label-query.ts';

const labels = new Map([
  ['app', 'web'],
  ['tier', 'a'],
  ['size', '10'],
]);

test.each([
  ['', true],
  ['app=web', true],
  ['app == web , tier=a', true],
  ['app!=web', false],
  ['missing!=x', true],
  ['app', true],
  ['!app', false],
  ['! missing', true],
  ['app in (web,api)', true],
  ['app notin (web)', false],
  ['missing in (,x)', false],
  ['size>9', true],
  ['size<9', false],
  ['app>9', false],
])('%s', (query, expected) => {
  const parsed = parseLabelQuery(query);
  expect('error' in parsed ? parsed.error : parsed.matches(labels)).toBe(expected);
});

test.each(['app in web', 'app in (a', 'app=a=b', 'app web', ',app', 'app,', 'a b=c', '-x=y', 'app>x', '(a)'])(
  '%s is not a selector',
  (query) => {
    expect(parseLabelQuery(query)).toHaveProperty('error');
  },
);
