import { defineCheckRule } from '../../src/lint/rule.ts';

/** The RBAC authorizer is on. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/authorization-rbac',
  summary: 'The RBAC authorizer is on',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.8'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'no RBAC authorizer is on, so that roles and bindings mean nothing: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'authorization-mode');
    if (setting === undefined || setting.value.split(',').some((mode) => mode === 'RBAC' || mode === 'AlwaysAllow'))
      return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'add `RBAC` to `--authorization-mode`' });
  },
});
