import { isPodSecurityPolicy } from '../../../cluster/components/target-version.ts';
import type { Cluster, Settled, UserInfo } from '../../../cluster/index/cluster.ts';
import { manifestsOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { type PSPState, pspInForce } from '../../../cluster/components/psp-in-force.ts';
import { apiStatus } from '../../../model/api-versions.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { memo } from '../../../lang/memo.ts';
import { allowsUse, mayUse } from '../../../engines/psp/policy-use.ts';
import { holdsAccounts } from '../../../engines/rbac/membership.ts';
import type { PodSecurityPolicy } from '../../../model/kinds/pod-security-policy.ts';
import type { PolicyRule } from '../../../model/kinds/rbac.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { covers } from '../../../engines/psp/grant-coverage.ts';
import { comparer, type PolicyRelation } from './policy-relation.ts';
import type { PolicySubject } from './policy-subject.ts';
import { describePod } from '../../words/describe-pod.ts';
import { type Rival, rivalsOf } from './rivals.ts';
import { podChanges } from './pod-changes.ts';
import { type UnusedPermission, unusedPermissions } from '../../../engines/psp/unused-permissions.ts';
import type { PolicyTrial } from '../../../engines/psp/evaluate-pod.ts';
import type { Reason } from '../../../engines/verdict.ts';
import { storedPolicies } from '../../../cluster/stored/stored-policy.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import { judgePod } from '../../../engines/admission/psp-judgement.ts';
import { podVerdict, type PodVerdict } from './pod-verdict.ts';
import { type NodeTakeover, nodeTakeovers } from './node-takeovers.ts';
import { wideGrants } from './wide-grants.ts';
import { takeoverOf } from '../../knowledge/takeover.ts';
import { type UseGrant, useGrants } from '../../../engines/psp/use-grants.ts';
import type { FactContext } from '../fact-context.ts';
import { remembered } from '../remembered.ts';

/** Questions about PodSecurityPolicies, and to their admission plugin. */
export interface PspFacts {
  /** Whether the plugin judges pods in this cluster, and how we know. */
  readonly state: Settled<PSPState>;
  /** The policies that the server stores, context ones included, by name: what it refuses to store admits nothing and nobody. */
  readonly policies: readonly PolicySubject[];
  /** The policies as they are written, by name, those included that the server refuses: `meta/invalid` says why. */
  readonly written: readonly PolicySubject[];
  /**
   * Whether the tree looks like a part of a cluster rather than the whole: that the plugin is on was assumed, and no policy is
   * granted to a group of accounts. Who may use what is then likely written elsewhere as well.
   */
  readonly partial: boolean;
  /** Undefined where something else than a policy settles the target version. */
  readonly oldVersion: OldVersion | undefined;
  /** What the plugin makes of a pod as its creator makes it. */
  judge(pod: PodSource): PodVerdict;
  /** The same as if another user created it. */
  judgeAs(pod: PodSource, creator: UserInfo): PodVerdict;
  /** The other policies that an admitted pod may use and that would admit it, and why they were not chosen. */
  rivals(pod: PodSource): readonly Rival[];
  /** The linted pods that a policy was chosen for. */
  podsOn(policy: PolicySubject): readonly PodSource[];
  /** What a policy would fill into a pod, each as `path: value`. */
  changesBy(trial: PolicyTrial): readonly string[];
  /** What a policy allows that no linted pod on it needs, each found by taking it away and judging those pods again. */
  unusedOf(policy: PolicySubject): readonly UnusedPermission[];
  /** A pod by its manifest, to begin a message with. */
  describe(pod: PodSource): string;
  /** How the sets of pods admitted by two policies relate; both by name. */
  compare(policy: string, other: string): PolicyRelation;
  /** The grants of `use` that one rule of a role makes, by its index in the manifest. */
  grantsByRule(role: ManifestObject, index: number): readonly UseGrant[];
  /** The grants of one policy that manifests make (bootstrap ones, cluster-admin's, left out). */
  grantsOf(policy: PolicySubject): readonly UseGrant[];
  /** Whether every subject that may use one policy may use the other, in the same namespaces. */
  coveredBy(policy: PolicySubject, other: PolicySubject): boolean;
  /** The subjects that may use a policy which gives full control of the node, where manifests name them. */
  nodeTakeovers(policy: PolicySubject): readonly NodeTakeover[];
  /** The words of one: the policy, what it allows, and where the subject may use it. */
  wordsOf(takeover: NodeTakeover): { readonly policy: string; readonly ways: string; readonly where: string };
  /** The grants of a policy to whole groups or to users outside kube-system. */
  wideGrants(policy: PolicySubject): readonly Reason[];
  /** Whether a rule of a role grants the `use` of policies, whichever. */
  isUseRule(rule: PolicyRule): boolean;
  /** Whether a user may `use` a policy in a namespace. */
  mayUse(user: UserInfo, namespace: string, policy: string): boolean;
}

/** That all manifests are judged for an old version, because of one policy. */
export interface OldVersion {
  readonly policy: ManifestObject;
  /** Linted manifests of other kinds. */
  readonly others: readonly ManifestObject[];
  /** Those of them that only later versions serve. */
  readonly later: readonly ManifestObject[];
}

/** Answers by the PSP engine and the authorizer. */
export const pspFacts = remembered(({ cluster }: FactContext): PspFacts => {
  const refused = [...cluster.refused.keys()].filter(isPodSecurityPolicy);
  const written = [...objectsOfKind(cluster, 'policy', 'PodSecurityPolicy'), ...refused]
    .map((object) => policySubject(object, cluster))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  let policies: readonly PolicySubject[] | undefined;
  const judge = (pod: PodSource) => memo(cluster, ownVerdict, pod);
  let chosen: ReadonlyMap<string, readonly PodSource[]> | undefined;
  const chosenFor = () => (chosen ??= podsByPolicy(linted(cluster), judge));
  const unusedOf = ({ name }: PolicySubject, pods: readonly PodSource[]) => {
    const stored = storedPolicies(cluster).find((policy) => policy.name === name);
    if (stored === undefined || pods.length === 0) return [];
    const before = pods.flatMap((pod) => judge(pod).chosen?.original ?? []);
    return unusedPermissions(stored, before, cluster.version.value.minor);
  };
  let index: GrantIndex | undefined;
  const grants = () => (index ??= indexGrants(useGrants(cluster)));
  const grantsOf = ({ name }: PolicySubject) => [...grants().ofEvery, ...(grants().byName.get(name) ?? [])];
  const state = pspInForce(cluster);
  return {
    state,
    get policies() {
      return (policies ??= storedPolicies(cluster).map(({ object }) => policySubject(object, cluster)));
    },
    written,
    get partial() {
      return state.decide !== undefined && !grants().all.some(isForAccounts);
    },
    get oldVersion() {
      return memo(cluster, findOldVersion);
    },
    judge,
    rivals: (pod) => rivalsOf(judge(pod)),
    podsOn: ({ name }) => chosenFor().get(name) ?? [],
    changesBy: ({ original, pod }) => podChanges(original, pod),
    unusedOf: (policy) => unusedOf(policy, chosenFor().get(policy.name) ?? []),
    judgeAs: (pod, creator) => podVerdict(judgePod(cluster, pod, creator)),
    describe: describePod,
    compare: comparer(cluster),
    grantsByRule: (role, ruleIndex) => (grants().byRole.get(role) ?? []).filter(({ rule }) => rule.index === ruleIndex),
    grantsOf,
    coveredBy: (policy, other) => covers(grantsOf(other), grantsOf(policy)),
    nodeTakeovers: (policy) => nodeTakeovers(policy, grantsOf(policy)),
    wordsOf: ({ policy: { name, spec }, namespace }) => ({
      policy: name,
      ways: takeoverOf(spec).join(' and '),
      where: namespace === '' ? 'in every namespace' : `in namespace \`${namespace}\``,
    }),
    wideGrants: (policy) => wideGrants(grantsOf(policy)),
    isUseRule: allowsUse,
    mayUse: (user, namespace, policy) => mayUse(cluster, user, policy, namespace),
  };
});

function ownVerdict(cluster: Cluster, pod: PodSource): PodVerdict {
  return podVerdict(judgePod(cluster, pod));
}

function policySubject(object: ManifestObject, cluster: Cluster): PolicySubject {
  const { spec = {}, metadata = {} }: PodSecurityPolicy = objectValue(object, cluster.version.value);
  return { object, name: object.name, spec, annotations: metadata.annotations ?? {} };
}

/** Whether a grant is made by a manifest and to whole groups of accounts or users, rather than to some by name. */
function isForAccounts({ grant: { binding } }: UseGrant): boolean {
  if ('implicit' in binding.object) return false;
  return binding.subjects.some(({ kind, name }) => kind === 'Group' && holdsAccounts(name));
}

interface GrantIndex {
  readonly all: readonly UseGrant[];
  /** Those of manifests that name no policy, and so hand out every one. */
  readonly ofEvery: readonly UseGrant[];
  readonly byName: ReadonlyMap<string, readonly UseGrant[]>;
  /** By the role whose rule they are of. */
  readonly byRole: ReadonlyMap<unknown, readonly UseGrant[]>;
}

function indexGrants(all: readonly UseGrant[]): GrantIndex {
  const ofEvery: UseGrant[] = [];
  const byName = new Map<string, UseGrant[]>();
  const byRole = groupBy(all, ({ rule }): unknown => rule.writtenIn.object);
  for (const use of all) {
    if ('implicit' in use.grant.binding.object) continue;
    if (use.names === undefined) ofEvery.push(use);
    for (const name of new Set(use.names)) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [use]);
      else list.push(use);
    }
  }
  return { all, ofEvery, byName, byRole };
}

function linted(cluster: Cluster): readonly PodSource[] {
  return podsOf(cluster).filter(({ owner }) => !cluster.context.has(owner));
}

function podsByPolicy(
  pods: readonly PodSource[],
  judge: (pod: PodSource) => PodVerdict,
): ReadonlyMap<string, readonly PodSource[]> {
  const byPolicy = new Map<string, PodSource[]>();
  for (const pod of pods) {
    const { chosen } = judge(pod);
    if (chosen === undefined) continue;
    const list = byPolicy.get(chosen.name);
    if (list === undefined) byPolicy.set(chosen.name, [pod]);
    else list.push(pod);
  }
  return byPolicy;
}

function findOldVersion(cluster: Cluster): OldVersion | undefined {
  const { value, decide, place } = cluster.version;
  if (decide === undefined || place === undefined || !isPodSecurityPolicy(place.object)) return undefined;
  const others = manifestsOf(cluster).filter((object) => !cluster.context.has(object) && !isPodSecurityPolicy(object));
  const later = others.filter(({ apiVersion, kind }) => apiStatus(apiVersion, kind, value.minor).status === 'not-yet');
  return { policy: place.object, others, later };
}
