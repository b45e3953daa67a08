import { defineCheckRule } from '../../src/lint/rule.ts';

/** Serving certificates of kubelets can be renewed. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/controller-rotate-kubelet-cert',
  summary: 'Serving certificates of kubelets can be renewed',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.6'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'serving certificates of kubelets are not renewed: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-controller-manager', 'feature-gates');
    if (setting === undefined) return;
    if (!setting.value.split(',').includes('RotateKubeletServerCertificate=false')) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'remove `RotateKubeletServerCertificate=false`: the gate is on by default' },
    );
  },
});
