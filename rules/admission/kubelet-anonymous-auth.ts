import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet takes no request without credentials. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-anonymous-auth',
  summary: 'The kubelet takes no request without credentials',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.1'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kubelet takes requests without credentials: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'anonymous-auth');
    if (setting === undefined || setting.value === 'false') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `authentication.anonymous.enabled: false`' });
  },
});
