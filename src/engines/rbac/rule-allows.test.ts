import { expect, test } from 'vitest';
import type { PolicyRule } from '../../model/kinds/rbac.ts';
import type { Action } from './attributes.ts';
import { ruleAllows } from './rule-allows.ts';

const pods: PolicyRule = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const getPods: Action = { verb: 'get', resource: 'pods' };

test.each<[string, PolicyRule, Action, boolean]>([
  ['the very thing', pods, getPods, true],
  ['another verb', pods, { ...getPods, verb: 'list' }, false],
  ['another group', pods, { ...getPods, apiGroup: 'apps' }, false],
  ['a verb in another case', pods, { ...getPods, verb: 'GET' }, false],
  ['every verb', { ...pods, verbs: ['*'] }, { ...getPods, verb: 'frobnicate' }, true],
  ['every group', { ...pods, apiGroups: ['*'] }, { ...getPods, apiGroup: 'apps' }, true],
  ['no group at all', { ...pods, apiGroups: [] }, getPods, false],
  ['a subresource of a granted resource', pods, { ...getPods, subresource: 'log' }, false],
  ['a granted subresource', { ...pods, resources: ['pods/log'] }, { ...getPods, subresource: 'log' }, true],
  ['the resource of a granted subresource', { ...pods, resources: ['pods/log'] }, getPods, false],
  ['any resource', { ...pods, resources: ['*'] }, { ...getPods, subresource: 'log' }, true],
  ['a subresource of any resource', { ...pods, resources: ['*/log'] }, { ...getPods, subresource: 'log' }, true],
  ['another subresource', { ...pods, resources: ['*/log'] }, { ...getPods, subresource: 'exec' }, false],
  ['pods/*, which is no wildcard', { ...pods, resources: ['pods/*'] }, { ...getPods, subresource: 'log' }, false],
  ['a granted name', { ...pods, resourceNames: ['web'] }, { ...getPods, name: 'web' }, true],
  ['another name', { ...pods, resourceNames: ['web'] }, { ...getPods, name: 'db' }, false],
  ['no name', { ...pods, resourceNames: ['web'] }, getPods, false],
  ['the name *, which is no wildcard', { ...pods, resourceNames: ['*'] }, { ...getPods, name: 'web' }, false],
  ['names left empty', { ...pods, resourceNames: [] }, { ...getPods, name: 'web' }, true],
])('a rule on resources meets %s', (_, rule, action, allowed) => {
  expect(ruleAllows(rule, action)).toBe(allowed);
});

test.each([
  ['/healthz', '/healthz', true],
  ['/healthz', '/healthz/ping', false],
  ['/healthz/*', '/healthz/ping', true],
  ['/healthz/*', '/healthz', false],
  ['/api*', '/apis/apps', true],
  ['/api***', '/apis', true],
  ['*', '/anything', true],
  ['/apis/*/v1', '/apis/apps/v1', false],
])('the URL %s stands for %s: %s', (pattern, nonResourceURL, allowed) => {
  expect(ruleAllows({ verbs: ['get'], nonResourceURLs: [pattern] }, { verb: 'get', nonResourceURL })).toBe(allowed);
});

test('a rule on resources says nothing of URLs, nor the other way round', () => {
  const everything: PolicyRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
  expect(ruleAllows(everything, { verb: 'get', nonResourceURL: '/healthz' })).toBe(false);
  expect(ruleAllows({ verbs: ['*'], nonResourceURLs: ['*'] }, getPods)).toBe(false);
});
