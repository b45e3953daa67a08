import { defineCheckRule } from '../../src/lint/rule.ts';

/** Idle connections to containers are closed. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kubelet-idle-timeout',
  summary: 'Idle connections to containers are closed',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.5'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'idle connections to containers are never closed: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kubelet', 'streaming-connection-idle-timeout');
    if (setting === undefined || facts.components.seconds(setting.value) !== 0) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'remove the flag, or set `streamingConnectionIdleTimeout` in the file of the kubelet' },
    );
  },
});
