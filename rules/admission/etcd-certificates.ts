import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver shows etcd a client certificate. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/etcd-certificates',
  summary: 'The kube-apiserver shows etcd a client certificate',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.23'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-apiserver shows etcd no certificate: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-apiserver', ['etcd-certfile', 'etcd-keyfile']);
    if (unset === undefined) return;
    report(unset.place, 'unset', { said: unset.words }, { hint: 'set `--etcd-certfile` and `--etcd-keyfile`' });
  },
});
