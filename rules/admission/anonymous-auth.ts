import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver takes no request without credentials. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/anonymous-auth',
  summary: 'The kube-apiserver takes no request without credentials',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.1'],
  component: 'kube-apiserver',
  flag: 'anonymous-auth',
  // Where every request is allowed the server takes none without credentials, whatever the flag says.
  bad: (value, { other }) =>
    value !== 'false' && other('authorization-mode')?.split(',').includes('AlwaysAllow') !== true,
  message: 'the kube-apiserver takes requests without credentials',
  hint: 'set `--anonymous-auth=false`, once no probe or discovery client needs it',
});
