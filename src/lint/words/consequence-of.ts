import type { ManifestObject } from '../../model/object.ts';

const GRANTS_NOTHING = 'it grants nothing';
const ADMITS_NO_POD = 'it admits no pod';
const PODS_REFUSED = 'pods that name it are refused';
const NO_PODS = 'no pod is created';
const NO_TRAFFIC = 'traffic is decided as if it did not exist';

/** By kind: what does not happen without the object, or happens because it is not there. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  Role: GRANTS_NOTHING,
  ClusterRole: GRANTS_NOTHING,
  RoleBinding: GRANTS_NOTHING,
  ClusterRoleBinding: GRANTS_NOTHING,
  PodSecurityPolicy: ADMITS_NO_POD,
  LimitRange: 'it limits nothing',
  ResourceQuota: 'it limits nothing',
  PriorityClass: PODS_REFUSED,
  RuntimeClass: PODS_REFUSED,
  ServiceAccount: 'pods that use it are refused',
  Namespace: 'its labels have no effect, and objects of the namespace are refused',
  NetworkPolicy: NO_TRAFFIC,
  AdminNetworkPolicy: NO_TRAFFIC,
  BaselineAdminNetworkPolicy: NO_TRAFFIC,
  ClusterNetworkPolicy: NO_TRAFFIC,
  Service: 'nothing is reached through it',
  Ingress: 'nothing is reached through it',
  Pod: NO_PODS,
  Deployment: NO_PODS,
  DaemonSet: NO_PODS,
  StatefulSet: NO_PODS,
  ReplicaSet: NO_PODS,
  ReplicationController: NO_PODS,
  Job: NO_PODS,
  CronJob: NO_PODS,
};

/** What follows from the absence of an object that the API server refuses, as a clause: `it grants nothing`. */
export function consequenceOf({ kind }: ManifestObject): string {
  return CONSEQUENCES[kind] ?? 'the object is not created';
}
