import { defineFlagRule } from '../../src/lint/rule.ts';

/** Pods can verify the certificate of the kube-apiserver. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-root-ca',
  summary: 'Pods can verify the certificate of the kube-apiserver',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.5'],
  component: 'kube-controller-manager',
  flags: ['root-ca-file'],
  message: 'pods do not get the CA certificate of the kube-apiserver',
  hint: 'set `--root-ca-file`',
});
