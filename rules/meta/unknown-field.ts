import { defineCheckRule } from '../../src/lint/rule.ts';

/** A field that the server drops (or, with strict validation, refuses); from the model room. */
export const rule = defineCheckRule({
  id: 'meta/unknown-field',
  summary: 'Every field is one that the kind has in the target version',
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
    for (const { place, message, detail } of facts.problems.of('unknown-field')) {
      report(place, 'problem', { message }, detail);
    }
  },
});
