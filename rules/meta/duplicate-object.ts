import { defineRule } from '../../src/lint/rule.ts';

/** Two manifests of the same object, of which the later one replaces the earlier when a directory is applied; from the cluster room. */
export const rule = defineRule({
  id: 'meta/duplicate-object',
  summary: 'Every object is defined once',
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
    // Alternatives are usually in separate files.
    otherFile: { level: 'info', text: '{message}' },
  },
  *find(_cluster, { facts: { problems } }) {
    for (const problem of problems.of('duplicate-object')) {
      const at = problem.place;
      if (problem.detail.atMost === 'info') yield { is: 'otherFile', at, problem };
      else yield { is: 'problem', at, problem };
    }
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
    otherFile: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
