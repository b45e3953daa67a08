import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';

/** The group of policies and their bindings. */
export const POLICY_GROUP = 'admissionregistration.k8s.io';

/** Whether a cluster has policies of a kind, `ValidatingAdmissionPolicy` or `MutatingAdmissionPolicy`, and bindings. Without, nothing of the language of expressions is needed. */
export function hasPolicies(cluster: Cluster, kind: string): boolean {
  return [kind, `${kind}Binding`].every((each) => objectsOfKind(cluster, POLICY_GROUP, each).length > 0);
}
