import { defineRule } from '../../src/lint/rule.ts';

/** A value the server refuses or drops for its type; the errors are those of its decoder, from the model room. */
export const rule = defineRule({
  id: 'meta/schema',
  summary: 'Every object fits the schema of its kind in the target version',
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
    for (const { place, message, detail } of facts.problems.of('schema')) {
      report(place, 'problem', { message }, detail);
    }
  },
});
