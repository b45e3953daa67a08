import { defineRule } from '../../src/lint/rule.ts';

/** A field that the server drops (or, with strict validation, rejects); from the model room. */
export const rule = defineRule({
  id: 'meta/unknown-field',
  summary: 'Every field exists in the target version of the kind',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  restsOn: [],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    problem: '{message}',
  },
  find: (_cluster, { facts: { problems } }) =>
    problems.of('unknown-field').map((problem) => ({ is: 'problem', at: problem.place, problem })),
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
