import { defineCheckRule } from '../../src/lint/rule.ts';

/** Claims that wait for a class nobody fills in. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineCheckRule({
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
  check(component, { facts, report }) {
    const state = facts.components.plugin(component, 'DefaultStorageClass');
    const { unnamed } = facts.storage;
    if (state?.on !== false || unnamed.length === 0) return;
    const because = unnamed.slice(0, 3).map((place) => ({ ...place, sentence: 'it names no class' }));
    const hint = 'switch `DefaultStorageClass` on again, or name a class in every claim';
    report(state.place, 'off', { count: unnamed.length, said: state.words }, { because, hint });
  },
});
