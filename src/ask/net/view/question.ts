import type { Cluster } from '../../../cluster/index/cluster.ts';
import { type ClusterNetwork, networkOf } from '../../../engines/net/model/network-of.ts';
import { connectivity, type Connectivity } from '../../../engines/net/sets/connectivity.ts';
import { UsageError } from '../../values/usage-error.ts';
import type { FamilyOptions } from '../family.ts';
import { unknownEnd } from './view.ts';

/** The flows to show: a namespace, `NAMESPACE/NAME` or `outside` as an end. Absent: all. */
export interface FlowsRequest extends FamilyOptions {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  /** What these namespaces send or receive. */
  readonly namespaces?: readonly string[];
}

/**
 * All flows of the cluster that the question is about, and what was refused on the way.
 * @throws UsageError for a name that nothing has.
 */
export function askedFlows(
  cluster: Cluster,
  request: FlowsRequest,
): Pick<ClusterNetwork, 'problems'> & { readonly allowed: Connectivity } {
  const { network, problems } = networkOf(cluster);
  const allowed = connectivity(network, request.family ?? 4);
  const missing = unknownEnd(allowed, request);
  if (missing !== undefined) throw new UsageError(missing.error, missing.hint);
  return { allowed, problems };
}
