import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { MatchResources } from '../../../model/kinds/admission-policy.ts';
import { matchRequest } from '../policies/match-request.ts';
import type { PolicyRequest } from '../policies/policy-request.ts';
import { policySurroundings } from './policy-surroundings.ts';

/** Whether rules and the selector of objects take a request, whatever its namespace. */
export function matchesResources(cluster: Cluster, resources: MatchResources, request: PolicyRequest): boolean {
  return matchRequest({ ...resources, namespaceSelector: {} }, request, policySurroundings(cluster)) !== 'none';
}
