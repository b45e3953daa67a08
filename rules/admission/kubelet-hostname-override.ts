import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet goes by the name of its host. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-hostname-override',
  summary: 'The kubelet goes by the name of its host',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.7'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kubelet goes by another name than its host: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'hostname-override');
    if (setting === undefined || setting.value === '') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'remove `--hostname-override`' });
  },
});
