import { defineCheckRule } from '../../src/lint/rule.ts';

/** ResourceQuotas without the plugin that enforces them. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineCheckRule({
  id: 'admission/plugin-resource-quota',
  summary: 'Where there are ResourceQuotas, their admission plugin is on',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['components', 'cluster'],
  messages: {
    off: 'there are ResourceQuotas, and nothing is refused: {said}',
  },
  check(component, { facts, report }) {
    const state = facts.components.plugin(component, 'ResourceQuota');
    if (state?.on !== false) return;
    const because = facts.cluster
      .ofKind('', 'ResourceQuota')
      .slice(0, 3)
      .map((object) => ({ object, path: ['kind'], sentence: 'nothing enforces it' }));
    if (because.length === 0) return;
    report(state.place, 'off', { said: state.words }, { because, hint: 'switch `ResourceQuota` on again' });
  },
});
