import { defineRule } from '../../src/lint/rule.ts';

/** A role that names an object as it was called before a prefix or suffix. From the render room. */
export const rule = defineRule({
  id: 'kustomize/grant-keeps-old-name',
  summary: 'Roles name objects as the build calls them',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['kustomize'],
  restsOn: [],
  scope: 'tree',
  needs: ['kustomize'],
  messages: {
    renamed:
      '{kind} `{role}` still names {target} `{before}`, which this build renames to `{after}`: it grants nothing on it',
  },
  find: (_cluster, { facts: { kustomize } }) =>
    kustomize.effects('grant-keeps-old-name').map(({ at, lost, names, object }) => {
      const [target = '', before = '', after = ''] = names;
      const beside = lost.map((place) => ({ ...place, message: 'the name that is not changed' }));
      const name = `${object.kind} ${object.name} ${target} ${before}`;
      return { is: 'renamed', at: { ...at, name }, beside, role: object, target, before, after };
    }),
  say: {
    renamed: ({ role, target, before, after }) => ({
      kind: role.kind,
      role: role.name,
      target,
      before,
      after,
      hint: `write \`${after}\` into \`resourceNames\` by a patch or a replacement, or take the affix off the ${target}`,
    }),
  },
});
