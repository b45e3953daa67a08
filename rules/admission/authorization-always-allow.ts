import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver does not allow every request. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/authorization-always-allow',
  summary: 'The kube-apiserver does not allow every request',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.6'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-apiserver allows every request of everybody: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'authorization-mode');
    if (setting === undefined) return;
    if (!setting.value.split(',').includes('AlwaysAllow')) return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `--authorization-mode=Node,RBAC`' });
  },
});
