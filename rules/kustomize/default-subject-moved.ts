import { defineRule } from '../../src/lint/rule.ts';

/** A binding for the account `default` of another namespace, which the namespace transformer moves. From the render room. */
export const rule = defineRule({
  id: 'kustomize/default-subject-moved',
  summary: 'Bindings keep the namespace of the account that they name',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['kustomize'],
  restsOn: [],
  scope: 'tree',
  needs: ['kustomize'],
  messages: {
    moved:
      '{kind} `{binding}` is written for ServiceAccount `{before}/default`, and `namespace` makes it one for `{after}/default`',
  },
  find: (_cluster, { facts: { kustomize } }) =>
    kustomize.effects('subject-moved').map(({ at, lost, names, object }) => {
      const [, before = '', after = ''] = names;
      const beside = lost.map((place) => ({ ...place, message: 'the namespace that is overwritten' }));
      const name = `${object.kind} ${object.name} ${before}`;
      return { is: 'moved', at: { ...at, name }, beside, binding: object, before, after };
    }),
  say: {
    moved: ({ binding, before, after }) => ({
      kind: binding.kind,
      binding: binding.name,
      before,
      after,
      hint: `give the account in \`${before}\` a name of its own, or move the binding out of this kustomization`,
    }),
  },
});
