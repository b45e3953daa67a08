import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver writes an audit log. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/audit-log-path',
  summary: 'The kube-apiserver writes an audit log',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.16'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-apiserver writes no audit log: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-apiserver', ['audit-log-path']);
    if (unset === undefined) return;
    report(
      unset.place,
      'unset',
      { said: unset.words },
      { hint: 'set `--audit-log-path` and `--audit-policy-file`, or send events to a webhook' },
    );
  },
});
