import { defineRule } from '../../src/lint/rule.ts';

/** A duplicate key, of which the decoder silently keeps one; from the text room. */
export const rule = defineRule({
  id: 'meta/duplicate-key',
  summary: 'No map has a duplicate key',
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
    problems.of('duplicate-key').map((problem) => ({ is: 'problem', at: problem.place, problem })),
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
