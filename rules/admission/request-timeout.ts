import { defineCheckRule } from '../../src/lint/rule.ts';

/** Requests end in time. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/request-timeout',
  summary: 'Requests end in time',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.20'],
  scope: 'component',
  needs: ['components'],
  options: {
    seconds: { type: 'number', default: 300, description: 'how many seconds a request may take' },
  },
  messages: {
    wrong: 'requests may keep the kube-apiserver busy for long: {said}',
  },
  check(component, { facts, options, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'request-timeout');
    if (setting === undefined || (facts.components.seconds(setting.value) ?? 60) <= options.seconds) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: `remove the flag, or set it to at most ${options.seconds} seconds` },
    );
  },
});
