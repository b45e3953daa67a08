import type { Cluster } from '../../cluster/index/cluster.ts';
import { defaultDecision } from '../../engines/net/words/default-decision.ts';
import { groupBy } from '../../lang/group-by.ts';
import { networkOf } from '../../engines/net/model/network-of.ts';
import type { Network } from '../../engines/net/model/network.ts';
import type { Direction } from '../../engines/net/form/normal-form.ts';
import type { Endpoint } from '../../engines/net/form/owner.ts';

/** What becomes of traffic that no rule was written for, in namespaces of which the same holds. */
export interface TrafficDefault {
  readonly namespaces: readonly string[];
  readonly ingress: DirectionDefault;
  readonly egress: DirectionDefault;
}

/** What happens to traffic of one direction that no rule is written for. */
export interface DirectionDefault {
  /** `mixed` where it is not the same for all workloads. */
  readonly decision: 'allow' | 'deny' | 'unknown' | 'mixed';
  /** Kinds and names of the policies that say so (for `mixed`, that deny): those that do everywhere, else all; none where no policy does. */
  readonly by: readonly string[];
  /** For `mixed`: how many of how many workloads are denied it. */
  readonly denied?: number;
  readonly workloads?: number;
}

/** The namespaces of a cluster by what is allowed by default; nothing for a cluster without a network policy. */
export function trafficDefaults(cluster: Cluster): readonly TrafficDefault[] {
  if (!cluster.objects.some(({ kind }) => kind.endsWith('NetworkPolicy'))) return [];
  const { network, endpoints } = networkOf(cluster);
  if (!network.tiers.some(({ policies }) => policies.some(({ staged }) => !staged))) return [];
  const judged = [...endpoints].filter(([{ owner }]) => !cluster.context.has(owner));
  const byNamespace = groupBy(
    judged.map(([, endpoint]) => endpoint),
    ({ object }) => object.namespace,
  );
  const said = [...byNamespace].map(([namespace, pods]) => ({
    namespace,
    ingress: directionDefault(network, pods, 'ingress'),
    egress: directionDefault(network, pods, 'egress'),
  }));
  const alike = groupBy(said, ({ ingress, egress }) => JSON.stringify([ingress, egress]));
  return [...alike.values()].flatMap((group): TrafficDefault[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { ingress, egress } = first;
    return [{ namespaces: group.map(({ namespace }) => namespace).sort(), ingress, egress }];
  });
}

function directionDefault(network: Network, pods: readonly Endpoint[], direction: Direction): DirectionDefault {
  const each = pods.map((pod) => {
    const { decision, by } = defaultDecision(network, pod, direction);
    return { decision, by: by.map(({ origin }) => `${origin.object.kind} ${origin.object.name}`) };
  });
  const [first] = each;
  if (first === undefined) return { decision: 'allow', by: [] };
  const isMixed = each.some(({ decision }) => decision !== first.decision);
  const told = isMixed ? each.filter(({ decision }) => decision === 'deny') : each;
  const all = [...new Set(told.flatMap((one) => one.by))].sort();
  const common = all.filter((name) => told.every(({ by }) => by.includes(name)));
  const by = common.length > 0 ? common : all;
  if (!isMixed) return { decision: first.decision, by };
  return { decision: 'mixed', by, denied: told.length, workloads: pods.length };
}
