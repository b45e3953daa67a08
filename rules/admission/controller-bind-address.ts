import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-controller-manager serves its own node only. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/controller-bind-address',
  summary: 'The kube-controller-manager serves its own node only',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.7'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-controller-manager serves its health and metrics to the network: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-controller-manager', 'bind-address');
    if (setting === undefined || facts.components.isLoopback(setting.value)) return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `--bind-address=127.0.0.1`' });
  },
});
