import { defineRule } from '../../src/lint/rule.ts';

/** An apiVersion that the target version does not serve, or that a later version removes; kubectl and the server word it, from the model room. */
export const rule = defineRule({
  id: 'meta/api-version',
  summary: 'Every apiVersion is served by the target version',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  restsOn: ['target-version'],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    problem: '{message}',
    deprecated: { level: 'warning', text: '{message}' },
  },
  *find(_cluster, { facts: { problems } }) {
    for (const problem of problems.of('api-version')) {
      const at = problem.place;
      if (problem.detail.atMost === 'warning') yield { is: 'deprecated', at, problem };
      else yield { is: 'problem', at, problem };
    }
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
    deprecated: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
