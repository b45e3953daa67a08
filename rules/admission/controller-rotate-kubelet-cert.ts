import { defineFlagRule } from '../../src/lint/rule.ts';

/** Kubelet serving certificates are rotated. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-rotate-kubelet-cert',
  summary: 'Kubelet serving certificates are rotated',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.6'],
  component: 'kube-controller-manager',
  flag: 'feature-gates',
  bad: (value) => value.split(',').includes('RotateKubeletServerCertificate=false'),
  message: 'kubelet serving certificates are not rotated',
  hint: 'remove `RotateKubeletServerCertificate=false`: the gate is on by default',
});
