import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet can renew its serving certificate. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-rotate-server-certificate',
  summary: 'The kubelet can renew its serving certificate',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.11'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kubelet does not renew its serving certificate: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'feature-gates');
    if (setting === undefined) return;
    if (!setting.value.split(',').includes('RotateKubeletServerCertificate=false')) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'remove `RotateKubeletServerCertificate: false`: the gate is on by default' },
    );
  },
});
