import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';

const GROUP = 'admissionregistration.k8s.io';

/** Whether a cluster has policies of a kind, `ValidatingAdmissionPolicy` or `MutatingAdmissionPolicy`, and bindings. Without, nothing of the language of expressions is needed. */
export function hasPolicies(cluster: Cluster, kind: string): boolean {
  return objectsOfKind(cluster, GROUP, kind).length > 0 && objectsOfKind(cluster, GROUP, `${kind}Binding`).length > 0;
}
