import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver connects to kubelets over HTTPS. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-https',
  summary: 'The kube-apiserver connects to kubelets over HTTPS',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.4'],
  component: 'kube-apiserver',
  flag: 'kubelet-https',
  bad: (value) => value !== 'true',
  message: 'the kube-apiserver connects to kubelets without TLS',
  hint: 'remove the flag: the default is HTTPS',
});
