import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet has no port without authentication. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-read-only-port',
  summary: 'The kubelet has no port without authentication',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.4'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kubelet serves a port without authentication: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'read-only-port');
    if (setting === undefined || setting.value === '0') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `readOnlyPort: 0`' });
  },
});
