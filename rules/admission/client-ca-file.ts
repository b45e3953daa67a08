import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver checks client certificates by an authority. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/client-ca-file',
  summary: 'The kube-apiserver checks client certificates by an authority',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.25'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-apiserver takes no client certificates: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-apiserver', ['client-ca-file']);
    if (unset === undefined) return;
    report(unset.place, 'unset', { said: unset.words }, { hint: 'set `--client-ca-file`' });
  },
});
