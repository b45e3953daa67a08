import { defineRule } from '../../src/lint/rule.ts';

/** A document that kubectl cannot decode, with the error of its decoder; from the text room. */
export const rule = defineRule({
  id: 'meta/parse',
  summary: 'Every document can be read',
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
    ['parse', 'unreadable'].flatMap((kind) =>
      problems.of(kind).map((problem) => ({ is: 'problem', at: problem.place, problem })),
    ),
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
