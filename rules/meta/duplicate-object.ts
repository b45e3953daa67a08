import { defineCheckRule } from '../../src/lint/rule.ts';

/** Two manifests of one identity, of which the later replaces the earlier when a folder is applied; from the cluster room. */
export const rule = defineCheckRule({
  id: 'meta/duplicate-object',
  summary: 'Every object is written once',
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
    for (const { place, message, detail } of facts.problems.of('duplicate-object')) {
      report(place, 'problem', { message }, detail);
    }
  },
});
