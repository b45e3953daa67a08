import { isPluginOn } from '../../cluster/components/plugins-in-force.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { storageGroup } from '../../cluster/index/identity.ts';
import { namespaceOf } from '../../cluster/index/object-index.ts';
import { person } from '../../cluster/pods/creators.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { memo } from '../../lang/memo.ts';
import { apiResource } from '../../model/discovery.ts';
import { objectValue } from '../../model/object-value.ts';
import type { ManifestObject } from '../../model/object.ts';
import { type GateVerdict, runAdmission } from './chain.ts';
import { gatesOf, podAdmission } from './pod-admission.ts';
import { hasPolicies } from './request/has-policies.ts';
import { policyDoor } from './validating/policy-door.ts';

const PLUGIN = 'ValidatingAdmissionPolicy';
/** What changes objects that are no pods before policies see them. */
const BEFORE = ['Priority', 'DefaultStorageClass', 'DefaultIngressClass', 'RuntimeClass'];

/** Whether ValidatingAdmissionPolicies judge the requests of a cluster. */
export function arePoliciesAsked(cluster: Cluster): boolean {
  return isPluginOn(cluster, PLUGIN) && hasPolicies(cluster, PLUGIN);
}

/** The gate at which ValidatingAdmissionPolicies judge a pod; undefined where none looks at it. */
export function policyGateOfPod(cluster: Cluster, source: PodSource): GateVerdict | undefined {
  if (!arePoliciesAsked(cluster)) return undefined;
  const resource = { group: '', version: 'v1', resource: 'pods' };
  const asked = { operation: 'CREATE', namespace: source.namespace, resource, subresource: '' } as const;
  if (!policyDoor.isAbout(cluster, asked)) return undefined;
  return judging(gatesOf(podAdmission(cluster, source), PLUGIN));
}

/**
 * The same for the creation of an object that is no pod, by who applies the manifests; undefined too for custom kinds, whose defaults are not known.
 * Memoised per cluster and object.
 */
export function policyGateOfObject(cluster: Cluster, object: ManifestObject): GateVerdict | undefined {
  return arePoliciesAsked(cluster) ? memo(cluster, gateOf, object) : undefined;
}

function gateOf(cluster: Cluster, object: ManifestObject): GateVerdict | undefined {
  const { kind } = object;
  const group = storageGroup(object.group, kind);
  const served = apiResource(cluster.version.value, group, kind);
  if (served === undefined || kind === 'Pod') return undefined;
  const { resource } = served;
  const version = object.group === group ? object.version : served.version;
  const operation = 'CREATE' as const;
  const namespace = kind === 'Namespace' ? object.name : served.namespaced ? namespaceOf(cluster, object) : '';
  const asked = { operation, namespace, resource: { group, version, resource }, subresource: '' } as const;
  if (!policyDoor.isAbout(cluster, asked)) return undefined;
  const request = {
    operation,
    user: person(cluster).user.value,
    namespace,
    group,
    resource,
    subresource: '',
    object: objectValue(object, cluster.version.value),
  };
  const plugins = [...BEFORE, PLUGIN].filter((name) => isPluginOn(cluster, name));
  return judging(gatesOf(runAdmission(cluster, request, { plugins, everyGate: true, validates: false }), PLUGIN));
}

function judging(gates: readonly GateVerdict[]): GateVerdict | undefined {
  return gates.find(({ phase }) => phase === 'validate');
}
