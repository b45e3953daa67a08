import { defineRule } from '../../src/lint/rule.ts';

/** A file that a template engine must render first, reported once per file; from the text room. */
export const rule = defineRule({
  id: 'meta/not-rendered',
  summary: 'Templates are rendered before they are linted',
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
  *find(_cluster, { facts: { problems } }) {
    const seen = new Set<unknown>();
    for (const problem of problems.of('not-rendered')) {
      if (!seen.has(problem.file)) yield { is: 'problem', at: problem.place, problem };
      seen.add(problem.file);
    }
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
