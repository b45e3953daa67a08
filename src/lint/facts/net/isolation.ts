import { findObject, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { type Isolation, isolationOf } from '../../../engines/net/analyses/namespace-isolation.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { once } from '../../../lang/once.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { foreignPolicies } from '../../knowledge/foreign-policies.ts';
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
  /** The namespaces with linted pods, in the order in which they are met. */
  readonly namespaces: readonly NamespaceIsolation[];
  /** The one of a name; undefined for a namespace without linted pods. */
  of(namespace: string): NamespaceIsolation | undefined;
}

/** Asks the engine which policies govern the pods of each namespace. */
export function isolationFacts(context: FactContext): IsolationFacts {
  const { cluster } = context;
  const isLinted = (object: ManifestObject): boolean => !cluster.context.has(object);
  const namespaces = once(() => {
    if (foreignPolicies.some(([group, kind]) => objectsOfKind(cluster, group, kind).length > 0)) return [];
    const { pods, endpoints } = networkOf(cluster);
    const linted = pods.filter((pod) => endpoints.has(pod) && isLinted(pod.owner));
    return [...groupBy(linted, ({ namespace }) => namespace)].flatMap(([namespace, own]): NamespaceIsolation[] => {
      const declared = findObject(cluster, '', 'Namespace', '', namespace);
      const place = declared !== undefined && isLinted(declared) ? declared : own[0]?.owner;
      if (place === undefined) return [];
      return [{ ...isolationOf(cluster, namespace, own), namespace, place }];
    });
  });
  const byName = once(() => new Map(namespaces().map((each) => [each.namespace, each])));
  return {
    get hasPolicies() {
      return policyFacts(context).all.length > 0;
    },
    get namespaces() {
      return namespaces();
    },
    of: (name) => byName().get(name),
  };
}
