import { defineRule } from '../../src/lint/rule.ts';

/** A plugin that the target version does not have: the kube-apiserver does not start. Which versions have which: pkg/kubeapiserver/options/plugins.go. */
export const rule = defineRule({
  id: 'admission/plugin-removed',
  summary: 'The target version has all admission plugins that flags name',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['plugins'],
  messages: {
    other: 'the kube-apiserver does not start: {flag} plugin "{name}" is unknown; {versions}',
  },
  *find(component, { facts: { plugins } }) {
    for (const { name, flag, place, known, versions } of plugins.named(component)) {
      if (known === 'other') yield { is: 'other', at: place, flag, name, versions };
    }
  },
  say: {
    other: ({ flag, name, versions }) => ({ flag, name, versions, hint: 'remove it from the flag' }),
  },
});
