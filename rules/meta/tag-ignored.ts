import { defineRule } from '../../src/lint/rule.ts';

/** A YAML tag that changes or empties the value after it; from the text room. */
export const rule = defineRule({
  id: 'meta/tag-ignored',
  summary: 'No value is parsed as a YAML tag',
  severity: 'error',
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
    problems.of('tag-ignored').map((problem) => ({ is: 'problem', at: problem.place, problem })),
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
