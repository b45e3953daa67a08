import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet does not drop events. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-event-qps',
  summary: 'The kubelet does not drop events',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.8'],
  component: 'kubelet',
  flag: 'event-qps',
  options: {
    rate: { type: 'number', default: 5, description: 'minimum number of events per second' },
  },
  bad: (value, { options, written }) => written && Number(value) !== 0 && !(Number(value) >= options.rate),
  message: 'the kubelet drops events above a low rate',
  hint: ({ rate }) => `remove \`eventRecordQPS\`, or set it to at least ${rate}`,
});
