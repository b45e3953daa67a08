import { defineRule } from '../../src/lint/rule.ts';

const concerns = [
  { verb: 'get', group: '', resource: 'secrets', what: 'who reads secrets' },
  { verb: 'update', group: '', resource: 'secrets', what: 'who changes secrets' },
  { verb: 'update', group: '', resource: 'configmaps', what: 'who changes config maps' },
  { verb: 'create', group: 'authentication.k8s.io', resource: 'tokenreviews', what: 'whose tokens are reviewed' },
  { verb: 'create', group: '', resource: 'pods', what: 'who creates pods' },
  { verb: 'create', group: 'apps', resource: 'deployments', what: 'who creates deployments' },
  { verb: 'create', group: '', resource: 'pods/exec', what: 'who runs commands in pods' },
  { verb: 'create', group: '', resource: 'pods/portforward', what: 'who forwards ports of pods' },
  { verb: 'create', group: '', resource: 'pods/proxy', what: 'who talks to pods by proxy' },
  { verb: 'create', group: '', resource: 'services/proxy', what: 'who talks to Services by proxy' },
];

/** What an audit policy must tell, each asked of it as the server would. Mirrors apiserver pkg/audit/policy/checker.go, v1.24. */
export const rule = defineRule({
  id: 'admission/audit-policy',
  summary: 'The audit policy logs what an investigation asks for, and no secrets',
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
    leaks: 'what secrets hold is written into the audit log, at level {level}',
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
        // Reviews of tokens are in no namespace.
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
      hint: 'end the policy with a rule `level: Metadata` that matches everything',
    }),
    leaks: ({ level }) => ({ level, hint: 'log secrets at level Metadata, by a rule before this one' }),
  },
});
