import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf } from '../../../cluster/index/object-index.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { OtherDecider } from './other-decider.ts';

/** How a policy that decides as a whole is named, and where it stands. */
export function wholePolicy(object: ManifestObject): Pick<OtherDecider, 'object' | 'path' | 'name' | 'title'> {
  return { object, path: ['spec'], name: object.name, title: `${object.kind} \`${object.name}\`` };
}

/** What a policy that lives in a namespace takes: requests of that namespace alone. */
export function inOwnNamespace(
  cluster: Cluster,
  object: ManifestObject,
  takes: OtherDecider['takes'],
): OtherDecider['takes'] {
  const own = namespaceOf(cluster, object);
  return (request) => (request.namespace === own ? takes(request) : false);
}
