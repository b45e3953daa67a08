import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver verifies the certificate of etcd. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/etcd-cafile',
  summary: 'The kube-apiserver verifies the certificate of etcd',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.26'],
  component: 'kube-apiserver',
  flags: ['etcd-cafile'],
  message: 'the kube-apiserver does not verify the certificate of etcd',
  hint: 'set `--etcd-cafile`',
});
