import { defineRule } from '../../src/lint/rule.ts';

/** A value the server refuses or drops for its type, and objects it would not store; the errors are the server's, from model and cluster. */
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
    refused: '{message}',
  },
  check(_cluster, { facts: { problems }, report }) {
    for (const { place, message, detail } of problems.of('schema')) report(place, 'problem', { message }, detail);
    for (const { object, message, errors } of problems.refused) {
      report({ object, path: errors[0]?.path ?? [] }, 'refused', { message });
    }
  },
});
