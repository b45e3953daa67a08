import { defineRule } from '../../src/lint/rule.ts';

/** A cluster-scoped object of a kind that Kustomize does not know to be one, onto which it writes a namespace. */
export const rule = defineRule({
  id: 'kustomize/cluster-scoped-namespace',
  summary: 'Objects without a namespace are kept apart from `namespace`',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['kustomize'],
  restsOn: [],
  scope: 'tree',
  needs: ['kustomize'],
  messages: {
    written: '`namespace` is written onto {kind} `{name}`, which has none: it holds in the whole cluster',
  },
  find: (_cluster, { facts: { kustomize } }) =>
    kustomize.clusterScoped.map((object) => ({
      is: 'written',
      at: { object, path: ['metadata', 'namespace'] },
      because: [{ object, path: ['metadata', 'name'], sentence: 'the object that has no namespace' }],
      object,
    })),
  say: {
    written: ({ object: { kind, name } }) => ({
      kind,
      name,
      hint: `list the ${kind} in a kustomization that sets no \`namespace\``,
    }),
  },
});
