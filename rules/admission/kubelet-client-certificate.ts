import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver presents a client certificate to kubelets. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-client-certificate',
  summary: 'The kube-apiserver presents a client certificate to kubelets',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.4'],
  component: 'kube-apiserver',
  flags: ['kubelet-client-certificate', 'kubelet-client-key'],
  message: 'the kube-apiserver presents no client certificate to kubelets',
  hint: 'set `--kubelet-client-certificate` and `--kubelet-client-key`',
});
