import type { SideEffect } from '../failure/side-effect.ts';
import { field, metadataOf } from '../node/fields.ts';
import { gvkOf, kindOf, nameOf, previousIds, type Resource } from '../resource/resource.ts';

/**
 * Roles that still name an object as it was called before the build renamed it: of what `resourceNames` may hold, only the names of ConfigMaps and
 * Secrets are rewritten (mirrors sigs.k8s.io/kustomize/api v0.21.2, internal/konfig/builtinpluginconsts/namereference.go).
 */
export function grantsOfOldNames(items: readonly Resource[]): SideEffect[] {
  const roles = items.filter((item) => ['Role', 'ClusterRole'].includes(kindOf(item)) && hasNames(item));
  if (roles.length === 0) return [];
  const current = new Set(items.map((item) => JSON.stringify([kindOf(item), nameOf(item)])));
  const renamed = items.flatMap((item) =>
    [...new Set(previousIds(item).map(({ name }) => name))]
      .filter((name) => !current.has(JSON.stringify([kindOf(item), name])))
      .map((name) => ({ item, before: name })),
  );
  if (renamed.length === 0) return [];
  return roles.flatMap((role) =>
    (field(role.root, 'rules')?.content ?? []).flatMap((rule) => {
      const [groups, resources, names] = ['apiGroups', 'resources', 'resourceNames'].map(
        (each) => field(rule, each)?.content ?? [],
      );
      return (names ?? []).flatMap((name): SideEffect[] => {
        const found = renamed.find(({ item, before }) => {
          const { group, kind } = gvkOf(item);
          const isMeant = resources?.some(({ value }) => isResourceOf(value, kind)) === true;
          return (
            before === name.value && isMeant && groups?.some(({ value }) => value === group || value === '*') === true
          );
        });
        if (found === undefined) return [];
        const { item, before } = found;
        const renamedAt = field(metadataOf(item.root), 'name');
        const { start, end } = renamedAt?.causes.at(-1) ?? renamedAt ?? item.root;
        return [
          {
            is: 'grant-keeps-old-name',
            start,
            end,
            lost: [{ start: name.start, end: name.end }],
            names: [kindOf(item), before, nameOf(item)],
            object: { kind: kindOf(role), name: nameOf(role) },
          },
        ];
      });
    }),
  );
}

function hasNames({ root }: Resource): boolean {
  return field(root, 'rules')?.content.some((rule) => field(rule, 'resourceNames') !== undefined) === true;
}

/** Whether a resource of a rule is what objects of a kind are called in paths, subresources included: `podsecuritypolicies`, `services/proxy`. */
function isResourceOf(resource: string, kind: string): boolean {
  const [plural = ''] = resource.split('/');
  const name = kind.toLowerCase();
  return [name, `${name}s`, `${name}es`, name.replace(/y$/, 'ies')].includes(plural);
}
