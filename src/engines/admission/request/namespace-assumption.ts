import type { StoredNamespace } from '../../../cluster/stored/stored-namespace.ts';
import type { Assumption } from '../../verdict.ts';

/** What was taken for granted about a namespace without a manifest: that it has no annotation of that name. Empty for a declared one. */
export function annotationAssumptions({ object, name }: StoredNamespace, annotation: string): readonly Assumption[] {
  if (!('implicit' in object)) return [];
  const sentence = `namespace \`${name}\` is taken to have no annotation ${annotation}`;
  return [{ sentence, decide: `add the manifest of namespace \`${name}\` to the tree` }];
}
