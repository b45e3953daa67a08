import { defineFlagRule } from '../../src/lint/rule.ts';

/** The RBAC authorizer is on. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/authorization-rbac',
  summary: 'The RBAC authorizer is on',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.8'],
  component: 'kube-apiserver',
  flag: 'authorization-mode',
  bad: (value) => !value.split(',').some((mode) => mode === 'RBAC' || mode === 'AlwaysAllow'),
  message: 'the RBAC authorizer is off, so roles and bindings have no effect',
  hint: 'add `RBAC` to `--authorization-mode`',
});
