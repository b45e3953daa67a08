import { defineRule, listed } from '../../src/lint/rule.ts';

const HINT = 'write the whole list into the patch, use a patch of operations, or say in `openapi` how the list merges';

/** A list with named entries of a kind that Kustomize has no schema of: a patch replaces it. From the merge of the render room. */
export const rule = defineRule({
  id: 'kustomize/list-replaced',
  summary: 'Patches of custom kinds hold the whole list that they change',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['kustomize'],
  restsOn: [],
  scope: 'tree',
  needs: ['kustomize'],
  messages: {
    entries: 'the patch replaces `{list}` of {kind} `{object}`, and loses {entries}',
    fields: 'the patch replaces `{list}` of {kind} `{object}`, and loses {fields}',
  },
  *find(_cluster, { facts: { kustomize } }) {
    for (const effect of kustomize.effects('entries-replaced', 'fields-replaced')) {
      const [list = '', ...names] = effect.names;
      const at = { ...effect.at, name: `${effect.object.kind} ${effect.object.name} ${list}` };
      const beside = effect.lost.map((place) => ({ ...place, message: 'lost by the patch' }));
      const found = { at, beside, list, names, object: effect.object };
      if (effect.is === 'entries-replaced') yield { is: 'entries', ...found };
      else yield { is: 'fields', ...found };
    }
  },
  say: {
    entries: ({ list, names, object }) => ({
      list,
      kind: object.kind,
      object: object.name,
      entries: lost(names),
      hint: HINT,
    }),
    fields: ({ list, names, object }) => ({
      list,
      kind: object.kind,
      object: object.name,
      fields: lost(names),
      hint: HINT,
    }),
  },
});

function lost(names: readonly string[]): string {
  return listed(
    names.map((name) => `\`${name}\``),
    5,
  );
}
