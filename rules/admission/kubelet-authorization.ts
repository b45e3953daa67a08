import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet authorizes requests. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-authorization',
  summary: 'The kubelet authorizes requests',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.2'],
  component: 'kubelet',
  flag: 'authorization-mode',
  bad: (value) => value === 'AlwaysAllow',
  message: 'the kubelet allows every authenticated request',
  hint: 'set `authorization.mode: Webhook`',
});
