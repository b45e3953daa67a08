import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet asks whether a request is allowed. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-authorization',
  summary: 'The kubelet asks whether a request is allowed',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.2'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kubelet allows every request: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'authorization-mode');
    if (setting === undefined) return;
    if (setting.value !== 'AlwaysAllow') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `authorization.mode: Webhook`' });
  },
});
