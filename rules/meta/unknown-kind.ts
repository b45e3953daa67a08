import { defineRule } from '../../src/lint/rule.ts';

/** An object that no schema was found for, so that nothing in it was held to one; from the model room. */
export const rule = defineRule({
  id: 'meta/unknown-kind',
  summary: 'Every object has a kind that is known',
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
    for (const { place, message, detail } of facts.problems.of('unknown-kind')) {
      report(place, 'problem', { message }, detail);
    }
  },
});
