import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet rejects anonymous requests. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-anonymous-auth',
  summary: 'The kubelet rejects anonymous requests',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.1'],
  component: 'kubelet',
  flag: 'anonymous-auth',
  bad: (value) => value !== 'false',
  message: 'the kubelet accepts anonymous requests',
  hint: 'set `authentication.anonymous.enabled: false`',
});
