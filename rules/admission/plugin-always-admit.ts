import { defineCheckRule } from '../../src/lint/rule.ts';

/** No plugin pretends to judge. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineCheckRule({
  id: 'admission/plugin-always-admit',
  summary: 'No plugin pretends to judge',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.10'],
  scope: 'component',
  needs: ['components'],
  messages: {
    on: 'a plugin is on that admits everything: {said}',
  },
  check(component, { facts, report }) {
    const state = facts.components.plugin(component, 'AlwaysAdmit');
    if (state?.on !== true) return;
    report(state.place, 'on', { said: state.words }, { hint: 'remove `AlwaysAdmit`' });
  },
});
