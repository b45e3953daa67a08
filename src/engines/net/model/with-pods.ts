import type { Network } from './network.ts';
import { OwnerIndex } from './owner-index.ts';
import type { Endpoint } from '../form/owner.ts';
import { PolicyIndex } from './policy-index.ts';

/** A network with pods beside those that it has; their profiles must be among its own. */
export function withPods(network: Network, added: readonly Endpoint[]): Network {
  const pods = [...network.pods, ...added];
  const owners = new OwnerIndex([...pods, ...network.hosts, ...network.sets]);
  return { ...network, pods, owners, policies: new PolicyIndex(network.tiers, owners) };
}
