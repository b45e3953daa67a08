import type { Cluster, Settled, UserInfo } from '../../cluster/cluster.ts';
import { objectsOfKind } from '../../cluster/object-index.ts';
import { type PSPState, pspInForce } from '../../cluster/psp-in-force.ts';
import { allows } from '../../engines/rbac/authorize.ts';
import type { PodSecurityPolicy, PodSecurityPolicySpec } from '../../model/kinds/pod-security-policy.ts';
import type { PolicyRule } from '../../model/kinds/rbac.ts';
import { objectValue } from '../../model/object-value.ts';
import type { ManifestObject } from '../../model/object.ts';
import { type Reach, reachOf } from './reach.ts';
import { takeoverOf } from './takeover.ts';
import { grantsUse, type UseGrant, useGrants } from './use-grants.ts';

/** A PodSecurityPolicy of the cluster. */
export interface PolicySubject {
  readonly object: ManifestObject;
  readonly name: string;
  /** As written, wrongly typed fields absent; empty when there is none. */
  readonly spec: PodSecurityPolicySpec;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Questions about PodSecurityPolicies, and to their admission plugin. */
export interface PspFacts {
  /** Whether the plugin judges pods in this cluster, and how we know. */
  readonly state: Settled<PSPState>;
  /** The policies that exist, context ones included, by name. */
  readonly policies: readonly PolicySubject[];
  /** Every binding that lets somebody `use` policies. */
  readonly grants: readonly UseGrant[];
  /** The grants that hand out one policy, of those that manifests make (bootstrap ones, cluster-admin's, left out). */
  grantsOf(policy: PolicySubject): readonly UseGrant[];
  /** What a policy allows that lets a container own its node; empty for a policy that is not lax in itself. */
  takeover(policy: PolicySubject): readonly string[];
  /** How far a policy reaches: lay it over a report about what the policy allows. */
  reach(policy: PolicySubject): Reach;
  /** Whether a rule of a role lets somebody `use` policies, whichever. */
  isUseRule(rule: PolicyRule): boolean;
  /** Whether a user may `use` a policy in a namespace. */
  mayUse(user: UserInfo, namespace: string, policy: string): boolean;
}

/** Answers by the PSP engine and the authorizer. */
export function pspFacts(cluster: Cluster): PspFacts {
  const policies = objectsOfKind(cluster, 'policy', 'PodSecurityPolicy')
    .map((object) => policySubject(object, cluster))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  let index: GrantIndex | undefined;
  const grants = () => (index ??= indexGrants(useGrants(cluster)));
  const grantsOf = ({ name }: PolicySubject) => [...grants().ofEvery, ...(grants().byName.get(name) ?? [])];
  return {
    state: pspInForce(cluster),
    policies,
    get grants() {
      return grants().all;
    },
    grantsOf,
    takeover: ({ spec }) => takeoverOf(spec),
    reach: (policy) => reachOf(grantsOf(policy)),
    isUseRule: grantsUse,
    mayUse: (user, namespace, policy) =>
      ['policy', 'extensions'].some((apiGroup) =>
        allows(cluster, {
          user: user.name,
          groups: user.groups,
          verb: 'use',
          apiGroup,
          resource: 'podsecuritypolicies',
          name: policy,
          namespace,
        }),
      ),
  };
}

function policySubject(object: ManifestObject, cluster: Cluster): PolicySubject {
  const { spec = {}, metadata = {} }: PodSecurityPolicy = objectValue(object, cluster.version.value);
  return { object, name: object.name, spec, annotations: metadata.annotations ?? {} };
}

interface GrantIndex {
  readonly all: readonly UseGrant[];
  /** Those of manifests that name no policy, and so hand out every one. */
  readonly ofEvery: readonly UseGrant[];
  readonly byName: ReadonlyMap<string, readonly UseGrant[]>;
}

function indexGrants(all: readonly UseGrant[]): GrantIndex {
  const ofEvery: UseGrant[] = [];
  const byName = new Map<string, UseGrant[]>();
  for (const use of all) {
    if ('implicit' in use.grant.binding.object) continue;
    if (use.names === undefined) ofEvery.push(use);
    for (const name of new Set(use.names)) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [use]);
      else list.push(use);
    }
  }
  return { all, ofEvery, byName };
}
