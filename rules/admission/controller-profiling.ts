import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-controller-manager does not serve profiles. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/controller-profiling',
  summary: 'The kube-controller-manager does not serve profiles',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.2'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-controller-manager serves profiles of itself: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-controller-manager', 'profiling');
    if (setting === undefined || setting.value === 'false') return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'set `--profiling=false` where nobody reads them' },
    );
  },
});
