import { defineRule, type Facts } from '../../src/lint/rule.ts';

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
    problem: '{message}{more}',
    deprecated: { level: 'warning', text: '{message}{more}' },
  },
  *find(_cluster, { facts: { problems } }) {
    // Of a file that holds many objects of one kind the first stands for all.
    const counts = new Map<string, number>();
    const keyOf = ({ file, message }: ReadProblem): string => `${file.path}\n${message}`;
    const all = problems.of('api-version');
    for (const problem of all) counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1);
    for (const first of all) {
      const count = counts.get(keyOf(first));
      if (count === undefined) continue;
      counts.delete(keyOf(first));
      const problem = { ...first, more: count > 1 ? ` (${String(count)} objects of this file)` : '' };
      const at = problem.place;
      if (problem.detail.atMost === 'warning') yield { is: 'deprecated', at, problem };
      else yield { is: 'problem', at, problem };
    }
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, more: problem.more, hint: problem.detail.hint }),
    deprecated: ({ problem }) => ({ message: problem.message, more: problem.more, hint: problem.detail.hint }),
  },
});

type ReadProblem = ReturnType<Facts['problems']['of']>[number];
