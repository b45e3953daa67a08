import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet keeps its iptables chains. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-iptables-chains',
  summary: 'The kubelet keeps its iptables chains',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.6'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kubelet does not keep the chains that packets of pods need: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'make-iptables-util-chains');
    if (setting === undefined) return;
    if (setting.value !== 'false') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'remove the field: the default is to keep them' });
  },
});
