import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver has a certificate that clients can check. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/apiserver-tls',
  summary: 'The kube-apiserver has a certificate that clients can check',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.24'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-apiserver signs its certificate itself: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-apiserver', ['tls-cert-file', 'tls-private-key-file']);
    if (unset === undefined) return;
    report(unset.place, 'unset', { said: unset.words }, { hint: 'set `--tls-cert-file` and `--tls-private-key-file`' });
  },
});
