import { defineRule } from '../../src/lint/rule.ts';

/** ResourceQuotas without the plugin that enforces them. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineRule({
  id: 'admission/plugin-resource-quota',
  summary: 'The ResourceQuota plugin is on if there are ResourceQuotas',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['components', 'cluster'],
  messages: {
    off: 'ResourceQuotas have no effect: {said}',
  },
  find(component, { facts: { components, cluster } }) {
    const state = components.plugin(component, 'ResourceQuota');
    if (state?.on !== false) return [];
    const because = cluster
      .ofKind('', 'ResourceQuota')
      .slice(0, 3)
      .map((object) => ({ object, path: ['kind'], sentence: `this ${object.kind} is not enforced` }));
    return because.length === 0 ? [] : [{ is: 'off', at: state.place, because, state }];
  },
  say: {
    off: ({ state }) => ({ said: state.words, hint: 'enable `ResourceQuota`' }),
  },
});
