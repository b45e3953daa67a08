import { defineRule } from '../../src/lint/rule.ts';

/** An apiVersion that the target version no longer serves, or that is on its way out; from the model room. */
export const rule = defineRule({
  id: 'meta/api-version',
  summary: 'Every apiVersion is served by the target version',
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
    for (const { place, message, detail } of facts.problems.of('api-version')) {
      report(place, 'problem', { message }, detail);
    }
  },
});
