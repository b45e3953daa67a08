import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-scheduler serves its own node only. Defaults after cmd/kube-scheduler/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/scheduler-bind-address',
  summary: 'The kube-scheduler serves its own node only',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.4.2'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-scheduler serves its health and metrics to the network: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-scheduler', 'bind-address');
    if (setting === undefined || facts.components.isLoopback(setting.value)) return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `--bind-address=127.0.0.1`' });
  },
});
