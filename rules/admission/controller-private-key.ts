import { defineCheckRule } from '../../src/lint/rule.ts';

/** Service account tokens are signed with a key of their own. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/controller-private-key',
  summary: 'Service account tokens are signed with a key of their own',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.4'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'the kube-controller-manager signs no service account tokens: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'kube-controller-manager', [
      'service-account-private-key-file',
    ]);
    if (unset === undefined) return;
    report(
      unset.place,
      'unset',
      { said: unset.words },
      {
        hint: 'set `--service-account-private-key-file` to the key that belongs to the `--service-account-key-file` of the kube-apiserver',
      },
    );
  },
});
