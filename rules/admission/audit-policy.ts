import { defineRule } from '../../src/lint/rule.ts';

const concerns = [
  { verb: 'get', group: '', resource: 'secrets', what: 'reads of Secrets' },
  { verb: 'update', group: '', resource: 'secrets', what: 'changes of Secrets' },
  { verb: 'update', group: '', resource: 'configmaps', what: 'changes to ConfigMaps' },
  { verb: 'create', group: 'authentication.k8s.io', resource: 'tokenreviews', what: 'TokenReviews' },
  { verb: 'create', group: '', resource: 'pods', what: 'creation of pods' },
  { verb: 'create', group: 'apps', resource: 'deployments', what: 'creation of Deployments' },
  { verb: 'create', group: '', resource: 'pods/exec', what: '`kubectl exec`' },
  { verb: 'create', group: '', resource: 'pods/portforward', what: '`kubectl port-forward`' },
  { verb: 'create', group: '', resource: 'pods/proxy', what: 'proxy requests to pods' },
  { verb: 'create', group: '', resource: 'services/proxy', what: 'proxy requests to Services' },
];

/** Evaluates the audit policy for each request that it must log, as the server would. Mirrors apiserver pkg/audit/policy/checker.go, v1.24. */
export const rule = defineRule({
  id: 'admission/audit-policy',
  summary: 'The audit policy logs security-relevant requests, and no secret data',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:3.2.1', 'cis:3.2.2'],
  scope: 'tree',
  needs: ['components', 'serverFiles'],
  messages: {
    unset: 'the audit log stays empty: {said}',
    unlogged: 'no rule logs {what}',
    leaks: 'the audit log contains the data of Secrets: they are logged at level {level}',
  },
  *find(_cluster, { facts: { components, serverFiles } }) {
    for (const server of components.linted) {
      const path = components.setting(server, 'kube-apiserver', 'audit-log-path');
      const policy = components.setting(server, 'kube-apiserver', 'audit-policy-file');
      if (path === undefined || path.value === '' || policy?.value !== '') continue;
      yield { is: 'unset', at: path.place, policy };
    }
    for (const object of serverFiles.auditPolicies) {
      const verdicts = concerns.map((each) => ({
        ...each,
        // TokenReviews have no namespace.
        ...serverFiles.audit(object, { ...each, namespace: each.resource === 'tokenreviews' ? '' : 'default' }),
      }));
      const unlogged = verdicts.filter(({ level }) => level === 'None').map(({ what }) => what);
      if (unlogged.length > 0) yield { is: 'unlogged', at: { object, path: ['rules'], at: 'key' }, unlogged };
      const leak = verdicts.find(
        ({ resource, level }) => resource === 'secrets' && level !== 'None' && level !== 'Metadata',
      );
      if (leak !== undefined) yield { is: 'leaks', at: { object, path: [...leak.path, 'level'] }, level: leak.level };
    }
  },
  say: {
    unset: ({ policy }) => ({ said: policy.words, hint: 'set `--audit-policy-file`' }),
    unlogged: ({ unlogged }) => ({
      what: unlogged.join(', '),
      hint: 'add a last rule with `level: Metadata` that matches everything',
    }),
    leaks: ({ level }) => ({ level, hint: 'add a rule before this one that logs Secrets at level Metadata' }),
  },
});
