import { groupBy } from '../../../lang/group-by.ts';
import { objectName, readKubernetesObject } from '../objects/kubernetes-object.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';
import { kubernetesProfiles } from '../objects/kubernetes-profiles.ts';
import type { NetworkObjects, Unsaid } from '../objects/network-objects.ts';
import type { Network } from './network.ts';
import type { ObjectName, Policy, Profile, Tier } from '../form/normal-form.ts';
import { sortPolicies, sortTiers } from './order-policies.ts';
import { OwnerIndex } from './owner-index.ts';
import { PolicyIndex } from './policy-index.ts';
import { problemText } from '../objects/validate/field-problem.ts';
import { readAdminPolicy, v31Tiers } from '../objects/read-admin-policy.ts';
import { storedCalicoGroup } from '../../../model/kinds/network-policy.ts';
import { readCalicoPolicy } from '../objects/read-calico-policy.ts';
import { readFailsafeSetting } from '../objects/failsafe.ts';
import { readHostEndpoint } from '../objects/read-host-endpoint.ts';
import { readKubernetesPolicy, readStagedKubernetesPolicy } from '../objects/read-kubernetes-policy.ts';
import { readNetworkSet } from '../objects/read-network-set.ts';
import { podEndpoint, readPod } from '../objects/read-pod.ts';
import { readProfile } from '../objects/read-profile.ts';
import { readServices } from '../objects/read-services.ts';
import { SETTLED, settlePolicy, tierOf, withUnsettled } from './unsettled-policy.ts';
import { isUnknownText } from '../../../text/unknown-text.ts';
import { builtInTiers, readTier } from '../objects/read-tier.ts';
import type { TierSettings } from '../objects/read-tier.ts';
import type { Reading, ReadingProblem } from '../objects/reading.ts';
import { SelectorPool } from '../form/selector-pool.ts';

/** Something in the input that has no effect, or (by conversion) not the effect that it asks for. */
export interface RefusedObject extends ReadingProblem {
  readonly object: ObjectName;
  /** As the server writes it: it begins with the path. */
  readonly message: string;
}

export interface BuiltNetwork {
  readonly network: Network;
  readonly refused: readonly RefusedObject[];
}

/**
 * Brings a cluster's objects into the normal form. The order of the objects does not matter; kinds that have no part in deciding
 * traffic are passed over.
 */
export function buildNetwork({ objects, unsaid, labelsNamespaces = true }: NetworkObjects): BuiltNetwork {
  return new NetworkBuilder(
    objects.map((object) => readKubernetesObject(object)),
    unsaid,
    labelsNamespaces,
  ).build();
}

class NetworkBuilder {
  private readonly objects: readonly KubernetesObject[];
  private readonly refused: RefusedObject[] = [];
  private readonly pool = new SelectorPool();

  private readonly unsaid: Unsaid | undefined;
  private readonly labelsNamespaces: boolean;

  constructor(objects: readonly KubernetesObject[], unsaid: Unsaid | undefined, labelsNamespaces: boolean) {
    this.objects = objects;
    this.unsaid = unsaid;
    this.labelsNamespaces = labelsNamespaces;
  }

  build(): BuiltNetwork {
    const profiles = this.readProfiles();
    const podNetworks = this.of('', 'Pod').map(readPod);
    const pods = podNetworks.filter((pod) => pod.isEndpoint).map((pod) => podEndpoint(pod, profiles));
    const hosts = this.collect(this.calico('HostEndpoint'), (object) => readHostEndpoint(object, profiles));
    const sets = this.collect([...this.calico('NetworkSet'), ...this.calico('GlobalNetworkSet')], (object) =>
      readNetworkSet(object, profiles),
    );
    const owners = new OwnerIndex([...pods, ...hosts, ...sets]);
    const tiers = this.readTiers();
    const network: Network = {
      pods,
      hosts,
      sets,
      owners,
      services: readServices(this.objects, podNetworks),
      tiers,
      policies: new PolicyIndex(tiers, owners),
      openSets: this.unsaid?.openSets !== true ? [] : sets.filter(({ nets }) => nets.length === 0),
      ...(this.unsaid === undefined ? {} : { podBlocks: this.unsaid.podBlocks }),
      profiles,
      failsafe: this.collect(this.calico('FelixConfiguration'), readFailsafeSetting),
      labelsNamespaces: this.labelsNamespaces,
    };
    return { network, refused: this.refused };
  }

  private readProfiles(): ReadonlyMap<string, Profile> {
    const profiles = kubernetesProfiles(this.objects, this.unsaid, this.labelsNamespaces);
    for (const profile of this.collect(this.calico('Profile'), (object) => readProfile(object, this.pool))) {
      profiles.set(profile.name, profile);
    }
    return profiles;
  }

  private readTiers(): readonly Tier[] {
    const settings = new Map<string, TierSettings>();
    for (const tier of [...builtInTiers, ...this.collect(this.calico('Tier'), readTier)]) settings.set(tier.name, tier);
    const policies = this.readPolicies(new Set(settings.keys()));
    for (const tier of v31Tiers) if (!settings.has(tier.name)) settings.set(tier.name, tier);
    // A stored policy may name a tier that nobody made; it comes after all others, and denies at its end.
    // One that may be defined elsewhere comes first, so that nothing before it seems to be decided.
    for (const { tier, unsettled } of policies) {
      const order = unsettled === undefined ? Infinity : -Infinity;
      if (!settings.has(tier)) settings.set(tier, { name: tier, order, defaultAction: 'Deny' });
    }
    const byTier = groupBy(policies, (policy) => policy.tier);
    const tiers = [...settings.values()].flatMap((tier) => {
      const own = byTier.get(tier.name);
      return own === undefined ? [] : [{ ...tier, policies: sortPolicies(own) }];
    });
    return sortTiers(tiers);
  }

  private readPolicies(tiers: ReadonlySet<string>): readonly Policy[] {
    const { pool } = this;
    const calicoKinds = [
      'NetworkPolicy',
      'GlobalNetworkPolicy',
      'StagedNetworkPolicy',
      'StagedGlobalNetworkPolicy',
    ] as const;
    return [
      ...this.collect(this.of('networking.k8s.io', 'NetworkPolicy'), (object) =>
        this.readPolicy(object, [], (each) => readKubernetesPolicy(each, pool)),
      ),
      ...this.collect(this.calico('StagedKubernetesNetworkPolicy'), (object) =>
        readStagedKubernetesPolicy(object, pool),
      ),
      ...calicoKinds.flatMap((kind) =>
        this.collect(this.calico(kind), (object) => {
          const tier = tierOf(object);
          const isOpen =
            this.unsaid?.openSets === true &&
            tier !== '' &&
            !isUnknownText(tier) &&
            !tiers.has(tier) &&
            object.manifest !== undefined;
          const known = isOpen ? new Set([...tiers, tier]) : tiers;
          const elsewhere = isOpen ? [`no manifest defines the Tier \`${tier}\`, so that its order is not known`] : [];
          return this.readPolicy(object, elsewhere, (each) => readCalicoPolicy(each, kind, known, pool));
        }),
      ),
      ...this.collect(
        this.objects.filter((object) => object.group === 'policy.networking.k8s.io'),
        (object) => readAdminPolicy(object, pool),
      ),
    ];
  }

  /** Reads a policy without the values that are not known, and marks what they leave open; `reasons` are others for that. */
  private readPolicy(
    object: KubernetesObject,
    reasons: readonly string[],
    read: (object: KubernetesObject) => Reading<Policy>,
  ): Reading<Policy> {
    const found = object.manifest === undefined ? undefined : settlePolicy(object);
    if (found === undefined && reasons.length === 0) return read(object);
    const { object: kept, ...settled } = found ?? { ...SETTLED, object };
    const { value, problems } = read(kept);
    if (value === undefined) return { problems };
    return {
      value: withUnsettled(value, { ...settled, reasons: [...reasons, ...settled.reasons] }, object.name),
      problems,
    };
  }

  private collect<T>(
    objects: readonly KubernetesObject[],
    read: (object: KubernetesObject) => Reading<T>,
  ): readonly T[] {
    return objects.flatMap((object) => {
      const { value, problems } = read(object);
      for (const { by, path, message } of problems) {
        this.refused.push({ object: objectName(object), by, path, message: problemText({ path, message }) });
      }
      return value === undefined ? [] : [value];
    });
  }

  private calico(kind: string): readonly KubernetesObject[] {
    return [...this.of('projectcalico.org', kind), ...this.of(storedCalicoGroup, kind)];
  }

  private of(group: string, kind: string): readonly KubernetesObject[] {
    return this.objects.filter((object) => object.group === group && object.kind === kind);
  }
}
