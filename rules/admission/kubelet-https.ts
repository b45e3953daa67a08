import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver talks to kubelets over HTTPS. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-https',
  summary: 'The kube-apiserver talks to kubelets over HTTPS',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.4'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-apiserver talks to kubelets without TLS: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'kubelet-https');
    if (setting === undefined || setting.value === 'true') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'remove the flag: the default is HTTPS' });
  },
});
