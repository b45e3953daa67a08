import { defineRule } from '../../src/lint/rule.ts';

/** A kustomization that nobody can build; what is in it never reaches a cluster. From the render room. */
export const rule = defineRule({
  id: 'meta/kustomization-broken',
  summary: 'Kustomizations can be built',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta', 'kustomize'],
  restsOn: [],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    fails: 'Kustomize cannot build this kustomization: {message}',
  },
  find: (_cluster, { facts: { problems } }) =>
    problems.of('kustomization-broken').map((problem) => ({ is: 'fails', at: problem.place, problem })),
  say: {
    fails: ({ problem }) => ({ message: problem.message }),
  },
});
