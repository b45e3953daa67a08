import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver rejects anonymous requests. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/anonymous-auth',
  summary: 'The kube-apiserver rejects anonymous requests',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.1'],
  component: 'kube-apiserver',
  flag: 'anonymous-auth',
  // With AlwaysAllow the server rejects anonymous requests, whatever the flag says.
  bad: (value, { other }) =>
    value !== 'false' && other('authorization-mode')?.split(',').includes('AlwaysAllow') !== true,
  message: 'the kube-apiserver accepts anonymous requests',
  hint: 'set `--anonymous-auth=false` if no health probe or discovery client needs anonymous access',
});
