import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver does not allow every request. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/authorization-always-allow',
  summary: 'The kube-apiserver does not allow every request',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.6'],
  component: 'kube-apiserver',
  flag: 'authorization-mode',
  bad: (value) => value.split(',').includes('AlwaysAllow'),
  message: 'the kube-apiserver allows every request of every user',
  hint: 'set `--authorization-mode=Node,RBAC`',
});
