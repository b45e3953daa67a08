import { defineRule } from '../../src/lint/rule.ts';

/** Claims that wait for a class nobody fills in. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineRule({
  id: 'admission/plugin-default-storage-class',
  summary: 'Where claims name no storage class, the plugin that gives them the default one is on',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['components', 'storage'],
  messages: {
    off: 'claims name no storage class, {count} in all, and nothing gives them the default one: {said}',
  },
  find(component, { facts: { components, storage } }) {
    const state = components.plugin(component, 'DefaultStorageClass');
    const { unnamed } = storage;
    if (state?.on !== false || unnamed.length === 0) return [];
    const because = unnamed.slice(0, 3).map((place) => ({ ...place, sentence: 'it names no class' }));
    return [{ is: 'off', at: state.place, because, state, count: unnamed.length }];
  },
  say: {
    off: ({ state, count }) => ({
      count,
      said: state.words,
      hint: 'switch `DefaultStorageClass` on again, or name a class in every claim',
    }),
  },
});
