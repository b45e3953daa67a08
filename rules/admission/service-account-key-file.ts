import { defineCheckRule } from '../../src/lint/rule.ts';

/** Service account tokens have a key of their own. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/service-account-key-file',
  summary: 'Service account tokens have a key of their own',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.22'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-apiserver checks service account tokens with the key of its own TLS certificate: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-apiserver', ['service-account-key-file']);
    if (unset === undefined) return;
    report(
      unset.place,
      'unset',
      { said: unset.words },
      { hint: 'set `--service-account-key-file` to a key that serves nothing else' },
    );
  },
});
