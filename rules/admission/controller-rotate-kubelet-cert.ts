import { defineFlagRule } from '../../src/lint/rule.ts';

/** Serving certificates of kubelets can be renewed. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-rotate-kubelet-cert',
  summary: 'Serving certificates of kubelets can be renewed',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.6'],
  component: 'kube-controller-manager',
  flag: 'feature-gates',
  bad: (value) => value.split(',').includes('RotateKubeletServerCertificate=false'),
  message: 'serving certificates of kubelets are not renewed',
  hint: 'remove `RotateKubeletServerCertificate=false`: the gate is on by default',
});
