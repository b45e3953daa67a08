import { defineRule } from '../../src/lint/rule.ts';

/** LimitRanges without the plugin that enforces them. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineRule({
  id: 'admission/plugin-limit-ranger',
  summary: 'Where there are LimitRanges, their admission plugin is on',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['components', 'cluster'],
  messages: {
    off: 'there are LimitRanges, and no default is filled in and no bound is kept: {said}',
  },
  find(component, { facts: { components, cluster } }) {
    const state = components.plugin(component, 'LimitRanger');
    if (state?.on !== false) return [];
    const because = cluster
      .ofKind('', 'LimitRange')
      .slice(0, 3)
      .map((object) => ({ object, path: ['kind'], sentence: 'nothing enforces it' }));
    return because.length === 0 ? [] : [{ is: 'off', at: state.place, because, state }];
  },
  say: {
    off: ({ state }) => ({ said: state.words, hint: 'switch `LimitRanger` on again' }),
  },
});
