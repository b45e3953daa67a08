import { defineRule } from '../../src/lint/rule.ts';

/** Claims that stay pending because no class is filled in. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineRule({
  id: 'admission/plugin-default-storage-class',
  summary: 'The DefaultStorageClass plugin is on if claims rely on it',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['components', 'storage'],
  messages: {
    off: 'claims that name no storage class do not get the default one ({count} in all): {said}',
  },
  find(component, { facts: { components, storage } }) {
    const state = components.plugin(component, 'DefaultStorageClass');
    const { unnamed } = storage;
    if (state?.on !== false || unnamed.length === 0) return [];
    const because = unnamed.slice(0, 3).map((place) => ({ ...place, sentence: 'it has no `storageClassName`' }));
    return [{ is: 'off', at: state.place, because, state, count: unnamed.length }];
  },
  say: {
    off: ({ state, count }) => ({
      count,
      said: state.words,
      hint: 'enable `DefaultStorageClass`, or set `storageClassName` in every claim',
    }),
  },
});
