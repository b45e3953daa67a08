import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver presents a client certificate to etcd. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/etcd-certificates',
  summary: 'The kube-apiserver presents a client certificate to etcd',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.23'],
  component: 'kube-apiserver',
  flags: ['etcd-certfile', 'etcd-keyfile'],
  message: 'the kube-apiserver presents no client certificate to etcd',
  hint: 'set `--etcd-certfile` and `--etcd-keyfile`',
});
