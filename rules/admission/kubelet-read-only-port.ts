import { defineFlagRule } from '../../src/lint/rule.ts';

/** The read-only port of the kubelet is off. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-read-only-port',
  summary: 'The read-only port of the kubelet is off',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.4'],
  component: 'kubelet',
  flag: 'read-only-port',
  bad: (value) => value !== '0',
  message: 'the kubelet serves a port without authentication',
  hint: 'set `readOnlyPort: 0`',
});
