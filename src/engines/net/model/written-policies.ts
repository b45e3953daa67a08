import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf } from '../../../cluster/index/object-index.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { memo } from '../../../lang/memo.ts';
import { asWritten } from '../../../model/as-written.ts';
import { isNetworkPolicy, readNetworkPolicy } from '../../../model/kinds/network-policy.ts';
import type { NetworkPolicyView, PeerView, PolicyRuleView } from '../../../model/kinds/network-policy.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { PeerMatch, Policy, Rule } from '../form/normal-form.ts';
import { networkOf } from './network-of.ts';

/** A policy as it is written, in its cluster. */
export interface PolicyText extends NetworkPolicyView {
  readonly object: ManifestObject;
  /** '' for a policy of the whole cluster. */
  readonly namespace: string;
  /** `GlobalNetworkPolicy deny`, `NetworkPolicy shop/deny`. */
  readonly title: string;
}

/** A policy as it is written, beside what became of it. */
export interface WrittenPolicy extends PolicyText {
  readonly rules: readonly WrittenRule[];
  /** The normal form; absent where the policy is refused. */
  readonly policy?: Policy;
}

export interface WrittenRule extends PolicyRuleView {
  readonly peers: readonly WrittenPeer[];
  /** What it became: one for each peer and protocol. */
  readonly compiled: readonly Rule[];
}

export interface WrittenPeer extends PeerView {
  /** The normal form; absent where the policy is refused. */
  readonly match?: PeerMatch;
}

/** The policy that an object is as it is written; undefined for other kinds. */
export function policyText(cluster: Cluster, object: ManifestObject): PolicyText | undefined {
  return isNetworkPolicy(object.group, object.kind) ? memo(object, readText, cluster) : undefined;
}

function readText(object: ManifestObject, cluster: Cluster): PolicyText | undefined {
  const view = readNetworkPolicy(object.group, object.kind, asWritten(object));
  if (view === undefined) return undefined;
  const namespace = view.isGlobal ? '' : namespaceOf(cluster, object);
  const name = namespace === '' ? object.name : `${namespace}/${object.name}`;
  return { ...view, object, namespace, title: `${view.kind} ${name}` };
}

/** The policies of a cluster's linted manifests that are not staged, each with what became of it. */
export function writtenPolicies(cluster: Cluster): readonly WrittenPolicy[] {
  const written = cluster.objects.flatMap((object) => {
    const policy = cluster.context.has(object) ? undefined : policyText(cluster, object);
    return policy === undefined || policy.isStaged ? [] : [policy];
  });
  if (written.length === 0) return [];
  const compiled = new Map<ManifestObject, Policy>();
  for (const { policies } of networkOf(cluster).network.tiers) {
    for (const policy of policies) {
      const { manifest } = policy.origin.object;
      if (manifest !== undefined) compiled.set(manifest, policy);
    }
  }
  return written.map((policy) => withNormalForm(policy, compiled.get(policy.object)));
}

function withNormalForm(written: PolicyText, policy: Policy | undefined): WrittenPolicy {
  const all = policy === undefined ? [] : [...policy.rules.ingress, ...policy.rules.egress];
  const byRule = groupBy(all, ({ origin }) => origin.path.slice(0, 3).join());
  const rules = written.rules.map((rule): WrittenRule => {
    const compiled = byRule.get(rule.path.join()) ?? [];
    const byPath = groupBy(compiled, ({ origin }) => origin.path.join());
    const other = rule.direction === 'ingress' ? 'source' : 'destination';
    const peers = rule.peers.map((peer): WrittenPeer => {
      const [became] = byPath.get(peer.path.join()) ?? byPath.get(rule.path.join()) ?? [];
      return became === undefined ? peer : { ...peer, match: became[other] };
    });
    return { ...rule, peers, compiled };
  });
  return { ...written, rules, ...(policy === undefined ? {} : { policy }) };
}
