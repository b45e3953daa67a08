import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet has a serving certificate that the kube-apiserver can verify. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-tls',
  summary: 'The kubelet has a serving certificate that the kube-apiserver can verify',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.9'],
  component: 'kubelet',
  flags: ['tls-cert-file', 'tls-private-key-file'],
  unless: (other) => other('rotate-server-certificates') === 'true',
  message: 'the kubelet uses a self-signed serving certificate',
  hint: 'set `serverTLSBootstrap: true`, or `tlsCertFile` and `tlsPrivateKeyFile`',
});
