import { defineCheckRule } from '../../src/lint/rule.ts';

/** Services cannot claim addresses. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineCheckRule({
  id: 'admission/deny-service-external-ips',
  summary: 'Services cannot claim addresses',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.3'],
  scope: 'component',
  needs: ['components'],
  messages: {
    off: 'whoever may write Services may catch traffic to any address: {said}',
  },
  check(component, { facts, report }) {
    const state = facts.components.plugin(component, 'DenyServiceExternalIPs');
    if (state?.on !== false) return;
    report(
      state.place,
      'off',
      { said: state.words },
      { hint: 'add `DenyServiceExternalIPs` to `--enable-admission-plugins`' },
    );
  },
});
