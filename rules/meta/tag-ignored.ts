import { defineCheckRule } from '../../src/lint/rule.ts';

/** A YAML tag that changes or empties the value it stands before; from the text room. */
export const rule = defineCheckRule({
  id: 'meta/tag-ignored',
  summary: 'No value is swallowed by a YAML tag',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    problem: '{message}',
  },
  check(_cluster, { facts, report }) {
    for (const { place, message, detail } of facts.problems.of('tag-ignored')) {
      report(place, 'problem', { message }, detail);
    }
  },
});
