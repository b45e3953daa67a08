import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver checks the certificates of kubelets. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-certificate-authority',
  summary: 'The kube-apiserver checks the certificates of kubelets',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.5'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-apiserver does not check who answers as a kubelet: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-apiserver', ['kubelet-certificate-authority']);
    if (unset === undefined) return;
    report(
      unset.place,
      'unset',
      { said: unset.words },
      { hint: "set `--kubelet-certificate-authority` to the authority that signs the kubelets' serving certificates" },
    );
  },
});
