import { defineCheckRule } from '../../src/lint/rule.ts';

/** Pods that have ended are cleaned away. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/controller-gc-threshold',
  summary: 'Pods that have ended are cleaned away',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.1'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'pods that have ended are never cleaned away: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-controller-manager', 'terminated-pod-gc-threshold');
    if (setting === undefined || Number(setting.value) > 0) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'set `--terminated-pod-gc-threshold` to a number above 0' },
    );
  },
});
