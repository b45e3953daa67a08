import { isPluginOn } from '../../cluster/components/plugins-in-force.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { storageGroup } from '../../cluster/index/identity.ts';
import { namespaceOf } from '../../cluster/index/object-index.ts';
import { person } from '../../cluster/pods/creators.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { memo } from '../../lang/memo.ts';
import { apiResources } from '../../model/discovery.ts';
import { objectValue } from '../../model/object-value.ts';
import type { ManifestObject } from '../../model/object.ts';
import { type GateVerdict, runAdmission } from './chain.ts';
import { gatesOf, podAdmission } from './pod-admission.ts';
import { policiesInForce } from './validating/policies-in-force.ts';

const PLUGIN = 'ValidatingAdmissionPolicy';
/** What changes objects that are no pods before policies see them. */
const BEFORE = ['Priority', 'DefaultStorageClass', 'DefaultIngressClass', 'RuntimeClass'];

/** Whether ValidatingAdmissionPolicies judge the requests of a cluster. */
export function arePoliciesAsked(cluster: Cluster): boolean {
  return isPluginOn(cluster, PLUGIN) && policiesInForce(cluster) !== undefined;
}

/** The gate at which ValidatingAdmissionPolicies refuse a pod; undefined where they do not. */
export function policyRefusalOfPod(cluster: Cluster, source: PodSource): GateVerdict | undefined {
  return arePoliciesAsked(cluster) ? refusing(gatesOf(podAdmission(cluster, source), PLUGIN)) : undefined;
}

/**
 * The same for the creation of an object that is no pod, by who applies the manifests; undefined too for custom kinds, whose defaults are not known.
 * Memoised per cluster and object.
 */
export function policyRefusalOfObject(cluster: Cluster, object: ManifestObject): GateVerdict | undefined {
  return arePoliciesAsked(cluster) ? memo(cluster, refusalOf, object) : undefined;
}

function refusalOf(cluster: Cluster, object: ManifestObject): GateVerdict | undefined {
  const { kind } = object;
  const group = storageGroup(object.group, kind);
  const served = apiResources(cluster.version.value).find((each) => each.group === group && each.kind === kind);
  if (served === undefined || kind === 'Pod') return undefined;
  const request = {
    operation: 'CREATE' as const,
    user: person(cluster).user.value,
    namespace: namespaceOf(cluster, object),
    group,
    resource: served.resource,
    subresource: '',
    object: objectValue(object, cluster.version.value),
  };
  const plugins = [...BEFORE, PLUGIN].filter((name) => isPluginOn(cluster, name));
  return refusing(gatesOf(runAdmission(cluster, request, { plugins, everyGate: true }), PLUGIN));
}

function refusing(gates: readonly GateVerdict[]): GateVerdict | undefined {
  return gates.find(({ rejection }) => rejection !== undefined);
}
