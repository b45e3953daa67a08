import { defineRule } from '../../src/lint/rule.ts';

/** LimitRanges without the plugin that enforces them. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineRule({
  id: 'admission/plugin-limit-ranger',
  summary: 'The LimitRanger plugin is on if there are LimitRanges',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['components', 'cluster'],
  messages: {
    off: 'LimitRanges have no effect: {said}',
  },
  find(component, { facts: { components, cluster } }) {
    const state = components.plugin(component, 'LimitRanger');
    if (state?.on !== false) return [];
    const because = cluster
      .ofKind('', 'LimitRange')
      .slice(0, 3)
      .map((object) => ({ object, path: ['kind'], sentence: `this ${object.kind} is not enforced` }));
    return because.length === 0 ? [] : [{ is: 'off', at: state.place, because, state }];
  },
  say: {
    off: ({ state }) => ({ said: state.words, hint: 'enable `LimitRanger`' }),
  },
});
