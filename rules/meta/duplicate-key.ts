import { defineCheckRule } from '../../src/lint/rule.ts';

/** A repeated key, of which the reader keeps one without a word; from the text room. */
export const rule = defineCheckRule({
  id: 'meta/duplicate-key',
  summary: 'No key is written twice in one map',
  severity: 'warning',
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
    for (const { place, message, detail } of facts.problems.of('duplicate-key')) {
      report(place, 'problem', { message }, detail);
    }
  },
});
