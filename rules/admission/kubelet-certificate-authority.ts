import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver verifies the certificates of kubelets. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-certificate-authority',
  summary: 'The kube-apiserver verifies the certificates of kubelets',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.5'],
  component: 'kube-apiserver',
  flags: ['kubelet-certificate-authority'],
  message: 'the kube-apiserver does not verify the certificates of kubelets',
  hint: "set `--kubelet-certificate-authority` to the CA that signs the kubelets' serving certificates",
});
