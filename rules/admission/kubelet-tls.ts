import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet has a certificate that the kube-apiserver can check. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-tls',
  summary: 'The kubelet has a certificate that the kube-apiserver can check',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.9'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kubelet signs its certificate itself: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kubelet', ['tls-cert-file', 'tls-private-key-file']);
    if (unset === undefined) return;
    if (facts.components.setting(component, 'kubelet', 'rotate-server-certificates')?.value === 'true') return;
    report(
      unset.place,
      'unset',
      { said: unset.words },
      { hint: 'set `serverTLSBootstrap: true`, or `tlsCertFile` and `tlsPrivateKeyFile`' },
    );
  },
});
