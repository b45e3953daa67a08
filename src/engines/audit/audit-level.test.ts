import { describe, expect, test } from 'vitest';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { auditLevel, type AuditedRequest } from './audit-level.ts';

const readSecret: AuditedRequest = { verb: 'get', group: '', resource: 'secrets', namespace: 'default' };
const exec: AuditedRequest = { verb: 'create', group: '', resource: 'pods/exec', namespace: 'default' };
const review: AuditedRequest = {
  verb: 'create',
  group: 'authentication.k8s.io',
  resource: 'tokenreviews',
  namespace: '',
};

function verdict(rules: JsonObject[], request: AuditedRequest) {
  const policy = manifestsOf('audit.yaml', { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules });
  return policy.map((object) => auditLevel(object, request))[0];
}

const level = (rule: JsonObject, request: AuditedRequest) => verdict([{ level: 'Metadata', ...rule }], request)?.level;

describe('the level of an audit policy', () => {
  test('is that of the first rule that matches, and None where none does', () => {
    const rules = [{ level: 'None', verbs: ['watch'] }, { level: 'Request', verbs: ['get'] }, { level: 'Metadata' }];
    expect(verdict(rules, readSecret)).toEqual({ level: 'Request', path: ['rules', 1] });
    expect(verdict(rules, exec)).toEqual({ level: 'Metadata', path: ['rules', 2] });
    expect(verdict(rules.slice(0, 2), exec)).toEqual({ level: 'None', path: ['rules'] });
    expect(verdict([], exec)).toEqual({ level: 'None', path: ['rules'] });
  });

  test.each<[string, JsonObject, AuditedRequest, 'Metadata' | 'None']>([
    ['a rule for a user is not for everybody', { users: ['system:apiserver'] }, readSecret, 'None'],
    ['a rule for nodes is not for everybody', { userGroups: ['system:nodes'] }, readSecret, 'None'],
    ['everybody is authenticated', { userGroups: ['system:nodes', 'system:authenticated'] }, readSecret, 'Metadata'],
    ['a rule for URLs is for no resource', { nonResourceURLs: ['*'] }, readSecret, 'None'],
    [
      'a rule for URLs and resources is for resources',
      { nonResourceURLs: ['/x'], resources: [{}] },
      readSecret,
      'Metadata',
    ],
    ['another namespace', { namespaces: ['kube-system'] }, readSecret, 'None'],
    ['the namespace', { namespaces: ['kube-system', 'default'] }, readSecret, 'Metadata'],
    ['no namespace is the empty one', { namespaces: [''] }, review, 'Metadata'],
    ['a request without namespace', { namespaces: ['default'] }, review, 'None'],
    ['all of a group', { resources: [{ group: '' }] }, exec, 'Metadata'],
    ['all of another group', { resources: [{ group: 'apps' }] }, exec, 'None'],
    ['the absent group is the core group', { resources: [{ resources: ['secrets'] }] }, readSecret, 'Metadata'],
    ['a resource does not mean its subresources', { resources: [{ resources: ['pods'] }] }, exec, 'None'],
    ['a subresource', { resources: [{ resources: ['pods/exec'] }] }, exec, 'Metadata'],
    ['all subresources', { resources: [{ resources: ['pods/*'] }] }, exec, 'Metadata'],
    ['all subresources mean the resource too', { resources: [{ resources: ['secrets/*'] }] }, readSecret, 'Metadata'],
    ['a subresource of all', { resources: [{ resources: ['*/exec'] }] }, exec, 'Metadata'],
    ['a subresource of all is no resource', { resources: [{ resources: ['*/'] }] }, readSecret, 'None'],
    ['everything', { resources: [{ resources: ['*'] }] }, exec, 'Metadata'],
    ['one by name', { resources: [{ resources: ['secrets'], resourceNames: ['token'] }] }, readSecret, 'None'],
  ])('%s', (_name, rule, request, expected) => {
    expect(level(rule, request)).toBe(expected);
  });
});
