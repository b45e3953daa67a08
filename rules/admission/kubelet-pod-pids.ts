import { defineCheckRule } from '../../src/lint/rule.ts';

/** A pod cannot use up the process ids of its node. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-pod-pids',
  summary: 'A pod cannot use up the process ids of its node',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.13'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'one pod may use up all process ids of its node: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'pod-max-pids');
    if (setting === undefined || Number(setting.value) > 0) return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `podPidsLimit`, such as 4096' });
  },
});
