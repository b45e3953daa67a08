import { defineFlagRule } from '../../src/lint/rule.ts';

/** Requests time out. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/request-timeout',
  summary: 'Requests time out',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.20'],
  component: 'kube-apiserver',
  flag: 'request-timeout',
  options: {
    seconds: { type: 'number', default: 300, description: 'maximum request timeout in seconds' },
  },
  bad: (value, { options, components }) => (components.seconds(value) ?? 60) > options.seconds,
  message: 'requests can occupy the kube-apiserver for too long',
  hint: ({ seconds }) => `remove the flag, or set it to at most ${seconds} seconds`,
});
