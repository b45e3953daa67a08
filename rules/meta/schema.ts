import { defineRule } from '../../src/lint/rule.ts';

/** A value of the wrong type, which the server rejects or drops; the server's errors, from the model. */
export const rule = defineRule({
  id: 'meta/schema',
  summary: 'Every object matches the schema of its kind in the target version',
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
  *find(_cluster, { facts: { problems } }) {
    for (const problem of problems.of('schema')) yield { is: 'problem', at: problem.place, problem };
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
