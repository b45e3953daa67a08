import { defineFlagRule } from '../../src/lint/rule.ts';

/** The Node authorizer is on. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/authorization-node',
  summary: 'The Node authorizer is on',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.7'],
  component: 'kube-apiserver',
  flag: 'authorization-mode',
  bad: (value) => !value.split(',').some((mode) => mode === 'Node' || mode === 'AlwaysAllow'),
  message: 'the Node authorizer is off, so kubelets are not limited to the objects of their own node',
  hint: 'add `Node` to `--authorization-mode`',
});
