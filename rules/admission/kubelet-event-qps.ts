import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kubelet reports the events that tell of attacks. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-event-qps',
  summary: 'The kubelet reports the events that tell of attacks',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.8'],
  scope: 'component',
  needs: ['components'],
  options: {
    rate: { type: 'number', default: 5, description: 'how many events a second the kubelet must be able to report' },
  },
  messages: {
    wrong: 'the kubelet drops events: {said}',
  },
  check(component, { facts, options, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'event-qps');
    if (
      setting === undefined ||
      !setting.written ||
      Number(setting.value) === 0 ||
      Number(setting.value) >= options.rate
    )
      return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: `remove \`eventRecordQPS\`, or set it to at least ${options.rate}` },
    );
  },
});
