import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet renews its client certificate. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-rotate-certificates',
  summary: 'The kubelet renews its client certificate',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.10'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kubelet does not renew its client certificate: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'rotate-certificates');
    if (setting === undefined || setting.value === 'true') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `rotateCertificates: true`' });
  },
});
