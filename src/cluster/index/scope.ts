import { isBuiltInKind } from '../../model/api-versions.ts';
import type { ManifestObject } from '../../model/object.ts';
import { stringAt } from './field-node.ts';

/** Whether objects of a kind live in a namespace. */
export type Scope = 'namespaced' | 'cluster';

/** Built-in kinds without a namespace, by group; all versions since 1.11. */
const clusterKinds: Readonly<Record<string, readonly string[]>> = {
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'auditregistration.k8s.io': ['AuditSink'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  extensions: ['PodSecurityPolicy'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'internal.apiserver.k8s.io': ['StorageVersion'],
  'networking.k8s.io': ['ClusterCIDR', 'IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  policy: ['PodSecurityPolicy'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],
};

/** Calico has far more kinds without a namespace than with one. */
const calicoNamespacedKinds: ReadonlySet<string> = new Set([
  'NetworkPolicy',
  'NetworkSet',
  'StagedKubernetesNetworkPolicy',
  'StagedNetworkPolicy',
  'WorkloadEndpoint',
]);

const clusterScoped: ReadonlySet<string> = new Set(
  Object.entries(clusterKinds).flatMap(([group, kinds]) => kinds.map((kind) => `${group}/${kind}`)),
);

/** The kinds that the tree's own CustomResourceDefinitions declare, as `group/Kind`. */
export type CustomScopes = ReadonlyMap<string, Scope>;

/** Reads scopes off the CustomResourceDefinitions among `objects`; a definition without a known scope is left out. */
export function customScopes(objects: Iterable<ManifestObject>): CustomScopes {
  const scopes = new Map<string, Scope>();
  for (const object of objects) {
    if (object.kind !== 'CustomResourceDefinition' || object.group !== 'apiextensions.k8s.io') continue;
    const scope = stringAt(object.node, ['spec', 'scope']);
    const group = stringAt(object.node, ['spec', 'group']);
    const name = stringAt(object.node, ['spec', 'names', 'kind']);
    // Nobody can redefine a Pod.
    if (isBuiltInKind(group, name)) continue;
    const kind = `${group}/${name}`;
    if (scope === 'Namespaced') scopes.set(kind, 'namespaced');
    else if (scope === 'Cluster') scopes.set(kind, 'cluster');
  }
  return scopes;
}

/**
 * Whether an object lives in a namespace: by the built-in kinds, by Calico's, by the tree's own definitions. Of a kind that nobody
 * defines, an object is taken to be namespaced: that is what most custom kinds are, and only its identity depends on it.
 */
export function scopeOf(object: ManifestObject, custom: CustomScopes): Scope {
  const { group, kind } = object;
  if (clusterScoped.has(`${group}/${kind}`)) return 'cluster';
  if (group === 'projectcalico.org' || group === 'crd.projectcalico.org') {
    return calicoNamespacedKinds.has(kind) ? 'namespaced' : 'cluster';
  }
  return (custom.size === 0 ? undefined : custom.get(`${group}/${kind}`)) ?? 'namespaced';
}
