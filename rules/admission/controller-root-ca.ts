import { defineCheckRule } from '../../src/lint/rule.ts';

/** Pods can check the certificate of the kube-apiserver. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/controller-root-ca',
  summary: 'Pods can check the certificate of the kube-apiserver',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.5'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'pods do not learn the authority that signed the certificate of the kube-apiserver: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-controller-manager', ['root-ca-file']);
    if (unset === undefined) return;
    report(unset.place, 'unset', { said: unset.words }, { hint: 'set `--root-ca-file`' });
  },
});
