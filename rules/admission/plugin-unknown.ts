import { defineCheckRule, nearest } from '../../src/lint/rule.ts';

/** A name that no kube-apiserver knows: it does not start. Mirrors AdmissionOptions.Validate of apiserver pkg/server/options, v1.24. */
export const rule = defineCheckRule({
  id: 'admission/plugin-unknown',
  summary: 'Flags name admission plugins that exist',
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
  check(component, { facts, report }) {
    for (const { name, flag, place, known } of facts.plugins.named(component)) {
      if (known !== 'unknown') continue;
      const near = nearest(name, facts.plugins.names);
      const hint = near === undefined ? 'remove it' : `is \`${near}\` meant?`;
      report(place, 'unknown', { flag, name }, { hint });
    }
  },
});
