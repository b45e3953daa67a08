import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver shows etcd a client certificate. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/etcd-certificates',
  summary: 'The kube-apiserver shows etcd a client certificate',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.23'],
  component: 'kube-apiserver',
  flags: ['etcd-certfile', 'etcd-keyfile'],
  message: 'the kube-apiserver shows etcd no certificate',
  hint: 'set `--etcd-certfile` and `--etcd-keyfile`',
});
