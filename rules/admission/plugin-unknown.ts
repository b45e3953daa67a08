import { defineRule, nearest } from '../../src/lint/rule.ts';

/** A name that no kube-apiserver knows: it does not start. Mirrors AdmissionOptions.Validate of apiserver pkg/server/options, v1.24. */
export const rule = defineRule({
  id: 'admission/plugin-unknown',
  summary: 'Admission plugins that flags name exist',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['plugins'],
  messages: {
    unknown: 'the kube-apiserver does not start: {flag} plugin "{name}" is unknown',
  },
  *find(component, { facts: { plugins } }) {
    for (const { name, flag, place, known } of plugins.named(component)) {
      if (known === 'unknown') yield { is: 'unknown', at: place, flag, name, near: nearest(name, plugins.names) };
    }
  },
  say: {
    unknown: ({ flag, name, near }) => ({
      flag,
      name,
      hint: near === undefined ? 'remove it from the flag' : `did you mean \`${near}\`?`,
    }),
  },
});
