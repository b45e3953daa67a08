import type { ManifestObject } from '../../model/object.ts';
import type { Cluster } from '../index/cluster.ts';
import { itemsAt, nodeAt, stringAt } from '../index/field-node.ts';
import { findObject, namespaceOf } from '../index/object-index.ts';
import { workloadKind } from '../index/workload-kinds.ts';

/** The controller that owns an object, as its manifest says (one that was read from a live cluster). */
export interface ControllerReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** The owner reference marked `controller: true`; undefined where there is none. */
export function controllerReference(object: ManifestObject): ControllerReference | undefined {
  for (const reference of itemsAt(object.node, ['metadata', 'ownerReferences'])) {
    const controller = nodeAt(reference, ['controller']);
    if (controller?.type !== 'boolean' || !controller.value) continue;
    const apiVersion = stringAt(reference, ['apiVersion']);
    const slash = apiVersion.indexOf('/');
    const group = slash < 0 ? '' : apiVersion.slice(0, slash);
    return { group, kind: stringAt(reference, ['kind']), name: stringAt(reference, ['name']) };
  }
  return undefined;
}

/** How many steps a kind stands above a pod; an owner stands higher than what it owns, which keeps circles of references from hiding all. */
const height: Readonly<Record<string, number>> = { Deployment: 3, CronJob: 3, Pod: 1 };

/** Whether the owner of this workload or pod is in the tree and makes pods itself, so that counting both would count one pod twice. */
export function isMadeByAnother(
  cluster: Cluster,
  object: ManifestObject,
  makesPods: (owner: ManifestObject) => boolean,
): boolean {
  const reference = controllerReference(object);
  if (reference === undefined) return false;
  const owner = findObject(cluster, reference.group, reference.kind, namespaceOf(cluster, object), reference.name);
  if (owner === undefined || !makesPods(owner)) return false;
  return heightOf(owner) > heightOf(object);
}

function heightOf(object: ManifestObject): number {
  return workloadKind(object) === undefined ? 4 : (height[object.kind] ?? 2);
}
