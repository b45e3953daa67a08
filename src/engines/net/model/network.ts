import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { FailsafeSetting } from '../objects/failsafe.ts';
import type { Profile, Tier } from '../form/normal-form.ts';
import type { OwnerIndex } from './owner-index.ts';
import type { Endpoint, Owner } from '../form/owner.ts';
import type { PolicyIndex } from './policy-index.ts';
import type { ServiceIndex } from '../form/service-index.ts';

/** Everything that decides traffic in one cluster, in the normal form. */
export interface Network {
  readonly pods: readonly Endpoint[];
  readonly hosts: readonly Endpoint[];
  readonly sets: readonly Owner[];
  readonly owners: OwnerIndex;
  readonly services: ServiceIndex;
  /** In order of evaluation, each with its policies in order; tiers without policies are left out. */
  readonly tiers: readonly Tier[];
  readonly policies: Pick<PolicyIndex, 'selecting'>;
  /** Network sets whose members are not known. */
  readonly openSets: readonly Owner[];
  /** Where the unknown addresses of pods lie; absent: in no block. */
  readonly podBlocks?: readonly Cidr[];
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Ports of nodes that are always open, where FelixConfigurations say which. */
  readonly failsafe: readonly FailsafeSetting[];
  /** Whether the API server labels every namespace with its name. */
  readonly labelsNamespaces: boolean;
}
