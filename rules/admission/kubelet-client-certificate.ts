import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver shows kubelets a client certificate. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-client-certificate',
  summary: 'The kube-apiserver shows kubelets a client certificate',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.4'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-apiserver shows kubelets no certificate of its own: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-apiserver', [
      'kubelet-client-certificate',
      'kubelet-client-key',
    ]);
    if (unset === undefined) return;
    report(
      unset.place,
      'unset',
      { said: unset.words },
      { hint: 'set `--kubelet-client-certificate` and `--kubelet-client-key`' },
    );
  },
});
