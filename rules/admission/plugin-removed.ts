import { defineCheckRule } from '../../src/lint/rule.ts';

/** A plugin of other versions than the target: the kube-apiserver does not start. Which versions have which: pkg/kubeapiserver/options/plugins.go. */
export const rule = defineCheckRule({
  id: 'admission/plugin-removed',
  summary: 'Flags name admission plugins that the target version has',
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
  check(component, { facts, report }) {
    for (const { name, flag, place, known, versions } of facts.plugins.named(component)) {
      if (known === 'other') report(place, 'other', { flag, name, versions }, { hint: 'remove it from the flag' });
    }
  },
});
