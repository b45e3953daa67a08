import { defineRule } from '../../src/lint/rule.ts';

/** A merge by several keys that loses an entry, since a key is left out on one side. From the merge of the render room. */
export const rule = defineRule({
  id: 'kustomize/list-entry-dropped',
  summary: 'Patches of ports name the protocol where the base does',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['kustomize'],
  restsOn: [],
  scope: 'tree',
  needs: ['kustomize'],
  messages: {
    patch: 'Kustomize drops this entry of `{list}` ({keys}) from the patch of {kind} `{object}`{cause}',
    base: 'Kustomize drops an entry of `{list}` ({keys}) of {kind} `{object}` when it merges this patch',
  },
  *find(_cluster, { facts: { kustomize } }) {
    for (const effect of kustomize.effects('patch-entry-dropped', 'base-entry-dropped')) {
      const [list = '', ...keys] = effect.names;
      const at = { ...effect.at, name: [effect.object.kind, effect.object.name, ...effect.names].join(' ') };
      const found = { at, list, keys: keys.join(', '), object: effect.object };
      if (effect.is === 'patch-entry-dropped') {
        const beside = effect.lost.map((place) => ({ ...place, message: 'the entry that it does not reach' }));
        yield { is: 'patch', ...found, beside, isAlone: beside.length === 0 };
      } else {
        const beside = effect.lost.map((place) => ({ ...place, message: 'the entry that is dropped' }));
        yield { is: 'base', ...found, beside };
      }
    }
  },
  say: {
    patch: ({ list, keys, object, isAlone }) => ({
      list,
      keys,
      kind: object.kind,
      object: object.name,
      cause: isAlone ? '' : ': it has not the same keys as the entry of the base',
      hint: 'write the same keys, `protocol` included, in the base and in the patch',
    }),
    base: ({ list, keys, object }) => ({
      list,
      keys,
      kind: object.kind,
      object: object.name,
      hint: 'write the same keys, `protocol` included, in the base and in the patch',
    }),
  },
});
