import type { Cluster } from '../../cluster/index/cluster.ts';
import { isPluginOn } from '../../cluster/components/plugins-in-force.ts';
import type { StoredObject } from '../../cluster/stored/stored-objects.ts';
import { memo } from '../../lang/memo.ts';
import { type AdmissionVerdict, runAdmission } from './chain.ts';

/** The plugins that change what quotas charge for; of these LimitRanger also keeps objects out. */
const BEFORE_QUOTA = ['LimitRanger', 'Priority', 'DefaultStorageClass', 'RuntimeClass'];

/** Takes an object that is no pod through the plugins that change what quotas charge for it, and through LimitRanger, as far as they are on. */
export function objectAdmission(
  cluster: Cluster,
  { namespace, value }: StoredObject,
  group: string,
  resource: string,
): AdmissionVerdict {
  const user = { name: '', groups: [] };
  const request = { operation: 'CREATE' as const, user, namespace, group, resource, subresource: '', object: value };
  const plugins = BEFORE_QUOTA.filter((name) => isPluginOn(cluster, name));
  return runAdmission(cluster, request, { plugins, everyGate: true });
}

/** The same for a claim of the manifests. Memoised per cluster and claim: quotas and LimitRanges both need it. */
export function claimAdmission(cluster: Cluster, claim: StoredObject): AdmissionVerdict {
  return memo(cluster, admitClaim, claim);
}

function admitClaim(cluster: Cluster, claim: StoredObject): AdmissionVerdict {
  return objectAdmission(cluster, claim, '', 'persistentvolumeclaims');
}
