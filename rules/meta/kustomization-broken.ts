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
    restricted: {
      level: 'info',
      text: 'Kustomize builds this kustomization only with `--load-restrictor LoadRestrictionsNone`, as Flux does: {message}',
    },
  },
  find: (_cluster, { facts: { problems } }) =>
    problems.of('kustomization-broken').map((problem) => {
      const is = problem.detail.atMost === 'info' ? 'restricted' : 'fails';
      return { is, at: problem.place, problem };
    }),
  say: {
    fails: ({ problem }) => ({ message: problem.message }),
    restricted: ({ problem }) => ({
      message: problem.message,
      hint: 'move the file into the directory of the kustomization, or below it',
    }),
  },
});
