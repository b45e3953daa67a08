import { namespaceOf } from '../../cluster/index/object-index.ts';
import type { Lack } from '../../render/kustomize/failure/gap.ts';
import type { ManifestObject } from '../../model/object.ts';
import { isPutTogether } from '../../text/position.ts';
import { once } from '../../lang/once.ts';
import type { LintedCluster } from '../facts/facts.ts';
import { BUILD, type Doubt } from './doubter.ts';

/** What kustomizations that are rendered in part leave open. */
export interface MissingParts {
  /** Whether the kustomization that makes an object lacks parts that would do this. */
  of(object: ManifestObject | undefined, lack: Lack): boolean;
  /** Whether a namespace may get objects from a part that is missing: those that hold only data, or any. */
  in(namespace: string, lack: 'objects' | 'secrets'): boolean;
}

/** Gathers them for one cluster: the missing objects of a kustomization are looked for where its others are. */
export function missingParts({ cluster, entryPoints = [] }: LintedCluster): MissingParts {
  const lacking = new Map(entryPoints.flatMap(({ file, lacks }) => (lacks.size === 0 ? [] : [[file.path, lacks]])));
  const lacksOf = ({ document: { file } }: ManifestObject): ReadonlySet<Lack> | undefined =>
    lacking.size > 0 && isPutTogether(file) ? lacking.get(file.path) : undefined;
  const namespaces = once(() => {
    const found = { objects: new Set<string>(), secrets: new Set<string>() };
    for (const object of cluster.objects) {
      const lacks = lacksOf(object);
      if (lacks === undefined) continue;
      const namespace = object.kind === 'Namespace' ? object.name : namespaceOf(cluster, object);
      for (const lack of ['objects', 'secrets'] as const) if (lacks.has(lack)) found[lack].add(namespace);
    }
    return found;
  });
  return {
    of: (object, lack) => object !== undefined && lacksOf(object)?.has(lack) === true,
    in: (namespace, lack) => lacking.size > 0 && namespaces()[lack].has(namespace),
  };
}

/** Why a namespace may hold more than is shown. */
export const BROUGHT_BY_MISSING: Doubt = {
  level: 'info',
  because: 'a part of a kustomization that is not rendered may bring more objects',
  decide: BUILD,
};
