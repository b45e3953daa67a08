import { defineRule } from '../../src/lint/rule.ts';

/** A patch whose target selects no object of the build, which goes on without a word. From the patches of the render room. */
export const rule = defineRule({
  id: 'kustomize/target-selects-nothing',
  summary: 'Every target of a patch selects an object',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['kustomize'],
  restsOn: [],
  scope: 'tree',
  needs: ['kustomize'],
  messages: {
    name: 'the patch changes nothing: its target `{name}` selects no object of the kustomization',
    // A target for whatever there is may stand in many kustomizations alike.
    any: { level: 'info', text: 'the patch changes nothing: its target selects no object of the kustomization' },
  },
  *find(_cluster, { facts: { kustomize } }) {
    for (const { at, names, object } of kustomize.effects('target-selects-nothing')) {
      // A component is for kustomizations that have some of its targets and not others.
      if (/^kind:\s*Component\b/m.test(at.file.text)) continue;
      const [name = ''] = names;
      const found = { at: { ...at, name: `${object.kind} ${name}` }, name };
      if (/^[a-z0-9][a-z0-9.-]*$/.test(name) && !deletes(at)) yield { is: 'name', ...found };
      else yield { is: 'any', ...found };
    }
  },
  say: {
    name: ({ name }) => ({
      name,
      hint: 'write the name and namespace of an object of this kustomization, or remove the patch',
    }),
    any: () => ({ hint: 'correct the target, or remove the patch' }),
  },
});

/** Whether the patch behind a target only takes away what is not there. */
function deletes({
  file,
  span,
}: {
  readonly file: { readonly text: string };
  readonly span: { readonly end: number };
}): boolean {
  const [patch = ''] = file.text.slice(span.end).split(/\n\s*- target:/, 1);
  return patch.includes('$patch: delete');
}
