import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver checks the certificate of etcd. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/etcd-cafile',
  summary: 'The kube-apiserver checks the certificate of etcd',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.26'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-apiserver does not check who answers as etcd: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-apiserver', ['etcd-cafile']);
    if (unset === undefined) return;
    report(unset.place, 'unset', { said: unset.words }, { hint: 'set `--etcd-cafile`' });
  },
});
