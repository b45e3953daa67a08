import { defineRule } from '../../src/lint/rule.ts';

/** A kustomization that takes more than its files to build. Once for each; what depends on it is doubted. From the render room. */
export const rule = defineRule({
  id: 'meta/kustomization-not-rendered',
  summary: 'Kustomizations are built before they are linted',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta', 'kustomize'],
  restsOn: [],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    needs: 'this kustomization is rendered only in part, because {message}',
  },
  find: (_cluster, { facts: { problems } }) =>
    problems.of('kustomization-not-rendered').map((problem) => ({ is: 'needs', at: problem.place, problem })),
  say: {
    needs: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
