import { defineFlagRule } from '../../src/lint/rule.ts';

/** Requests end in time. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/request-timeout',
  summary: 'Requests end in time',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.20'],
  component: 'kube-apiserver',
  flag: 'request-timeout',
  options: {
    seconds: { type: 'number', default: 300, description: 'how many seconds a request may take' },
  },
  bad: (value, { options, components }) => (components.seconds(value) ?? 60) > options.seconds,
  message: 'requests may keep the kube-apiserver busy for long',
  hint: ({ seconds }) => `remove the flag, or set it to at most ${seconds} seconds`,
});
