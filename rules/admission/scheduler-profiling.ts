import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-scheduler does not serve profiles. Defaults after cmd/kube-scheduler/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/scheduler-profiling',
  summary: 'The kube-scheduler does not serve profiles',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.4.1'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-scheduler serves profiles of itself: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-scheduler', 'profiling');
    if (setting === undefined || setting.value === 'false') return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'set `--profiling=false` where nobody reads them' },
    );
  },
});
