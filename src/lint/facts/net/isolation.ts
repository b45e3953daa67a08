import { findObject, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { type Isolation, isolationOf } from '../../../engines/net/analyses/namespace-isolation.ts';
import { isEndpoint, networkOf, networkPods, restrictsTraffic } from '../../../engines/net/model/network-of.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { once } from '../../../lang/once.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { foreignPolicies } from '../../knowledge/foreign-policies.ts';
import { isOperatorNamespace } from '../../knowledge/operator-namespaces.ts';
import type { Place } from '../../finding/place.ts';
import type { FactContext } from '../fact-context.ts';
import { policyFacts } from './policies.ts';

/** How far policies govern the linted pods of a namespace. */
export interface NamespaceIsolation extends Isolation {
  readonly namespace: string;
  /** The manifest of the namespace, or of the first of its workloads. */
  readonly place: Place;
}

export interface IsolationFacts {
  /** Whether the tree has any network policy, of whichever kind. */
  readonly hasPolicies: boolean;
  /** Whether there are linted pods that policies of Kubernetes could govern; asks about no policy. */
  readonly hasPods: boolean;
  /** The namespaces with linted pods, in the order in which they are met; none where the tree has no policies. Those that an operator protects are left out. */
  readonly namespaces: readonly NamespaceIsolation[];
  /** The one of a name. */
  of(namespace: string): NamespaceIsolation | undefined;
}

/** Asks the engine which policies govern the pods of each namespace. */
export function isolationFacts(context: FactContext): IsolationFacts {
  const { cluster } = context;
  const isLinted = (object: ManifestObject): boolean => !cluster.context.has(object);
  const hasPolicies = (): boolean => restrictsTraffic(cluster) && policyFacts(context).all.length > 0;
  const isForeign = once(() => foreignPolicies.some(([group, kind]) => objectsOfKind(cluster, group, kind).length > 0));
  const placeOf = ({ namespace, owner }: PodSource): Place => {
    const declared = findObject(cluster, '', 'Namespace', '', namespace);
    return declared !== undefined && isLinted(declared) ? declared : owner;
  };
  const namespaces = once(() => {
    if (isForeign() || !hasPolicies()) return [];
    const { endpoints } = networkOf(cluster);
    const linted = networkPods(cluster).filter((pod) => endpoints.has(pod) && isLinted(pod.owner));
    return [...groupBy(linted, ({ namespace }) => namespace)].flatMap(([namespace, own]): NamespaceIsolation[] => {
      const [first] = own;
      if (first === undefined || isOperatorNamespace(namespace)) return [];
      return [{ ...isolationOf(cluster, namespace, own), namespace, place: placeOf(first) }];
    });
  });
  const byName = once(() => new Map(namespaces().map((each) => [each.namespace, each])));
  return {
    get hasPolicies() {
      return hasPolicies();
    },
    get hasPods() {
      return !isForeign() && networkPods(cluster).some((pod) => isLinted(pod.owner) && isEndpoint(pod));
    },
    get namespaces() {
      return namespaces();
    },
    of: (name) => byName().get(name),
  };
}
