import type { Connectivity } from '../../../engines/net/sets/connectivity.ts';
import { podTitle } from '../../../engines/net/packet/flow-end.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { Peer } from '../../../engines/net/sets/peers.ts';
import { BitSet } from '../../../lang/bit-set.ts';
import { cellsOf, type NetCells } from './cells.ts';
import { limitNodes, mergeAlike } from './merge.ts';
import type { NetNode, NodeFilter } from './node.ts';
import { compareNames, peerNames } from './peer-names.ts';

/** Who may send what to whom, between so few nodes that a person can look at it. */
export interface NetView {
  readonly by: 'workload' | 'namespace';
  /** By namespace and name; what is outside comes last. */
  readonly nodes: readonly NetNode[];
  readonly cells: NetCells;
  /** How many workloads (with the pods that no workload makes) the namespaces of the nodes have in all. */
  readonly workloads: ReadonlyMap<string, number>;
}

/** Which flows a view is about, and how much it may hold. */
export interface NetViewOptions {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly namespaces?: readonly string[];
  /** Default: by workload, unless that needs more nodes than `most`. */
  readonly by?: 'workload' | 'namespace';
  readonly most: number;
}

/** More classes of workloads than this are not compared one by one: a view by workload would have no room for them. */
const mostClasses = 1000;

/** Groups all peers of a cluster: workloads that no flow tells apart, or their namespaces. */
export function netView(connectivity: Connectivity, options: NetViewOptions): NetView {
  const peers = describePeers(connectivity, options);
  const workloads = new Map<string, number>();
  for (const { namespace } of peers) workloads.set(namespace, (workloads.get(namespace) ?? 0) + 1);
  if (options.by !== 'namespace') {
    const classes = refine(connectivity, peers);
    if (options.by === 'workload' || classes.length <= mostClasses) {
      const view = viewOf(connectivity, peers, classes, 'workload');
      if (options.by === 'workload' || view.nodes.length <= options.most) return { ...view, workloads };
    }
  }
  const byNamespace = groupBy([...peers.keys()], (number) => namespaceKey(peers[number]));
  const view = viewOf(connectivity, peers, [...byNamespace.values()], 'namespace');
  return { ...limitNodes(view, options.most, connectivity.evaluator.algebra), by: 'namespace', workloads };
}

/** The connections that are asked for, for what shows them one by one. */
export function askedConnections(
  connectivity: Connectivity,
  options: Omit<NetViewOptions, 'most' | 'by'>,
): Connectivity {
  const { from, to, namespaces } = options;
  if (from === undefined && to === undefined && namespaces === undefined) return connectivity;
  const peers = describePeers(connectivity, options);
  const where = (isWanted: (filter: NodeFilter) => boolean): BitSet => {
    const set = new BitSet(peers.length);
    for (const [number, { filter }] of peers.entries()) if (isWanted(filter)) set.add(number);
    return set;
  };
  const [senders, receivers] = [where(({ asSource }) => asSource), where(({ asDestination }) => asDestination)];
  const inside = where(({ inNamespaces }) => inNamespaces);
  const connections = connectivity.connections.flatMap((connection) => {
    const sources = connection.sources.intersection(senders);
    const destinations = connection.destinations.intersection(receivers);
    return [
      { ...connection, sources: sources.intersection(inside), destinations },
      { ...connection, sources: sources.difference(inside), destinations: destinations.intersection(inside) },
    ].filter((each) => !each.sources.isEmpty() && !each.destinations.isEmpty());
  });
  return { ...connectivity, connections };
}

/** An end of the question that does not exist, with what does. */
export function unknownEnd(
  { peers }: Connectivity,
  { from = [], to = [], namespaces = [] }: Pick<NetViewOptions, 'from' | 'to' | 'namespaces'>,
): { readonly error: string; readonly hint: string } | undefined {
  if (from.length + to.length + namespaces.length === 0) return undefined;
  const names = new Set(peers.all.flatMap(namesOf));
  const existing = new Set(peers.all.flatMap(({ pod }) => pod?.object.namespace ?? []));
  const namespace = namespaces.find((each) => !existing.has(each));
  const list = [...existing].sort();
  const hint = `namespaces with pods are ${list.slice(0, 8).join(', ')}${list.length > 8 ? ', …' : ''}`;
  if (namespace !== undefined) return { error: `no pod is in a namespace \`${namespace}\``, hint };
  for (const [number, name] of peerNames(peers.all).entries())
    if (peers.all[number]?.pod === undefined) names.add(name);
  const end = [...from, ...to].find((each) => !names.has(each) && !existing.has(each));
  return end === undefined ? undefined : { error: `no namespace, workload or pod \`${end}\``, hint };
}

/** What a peer may be called in a question, besides its namespace. */
function namesOf({ pod }: Peer): readonly string[] {
  if (pod === undefined) return ['outside', 'internet'];
  const { namespace, name, source } = pod.object;
  if (source === undefined) return [`${namespace}/${name}`];
  const { kind, name: ownName } = source.owner;
  return [`${namespace}/${ownName}`, `${namespace}/${kind}/${ownName}`, `${namespace}/${name}`, podTitle(source)];
}

interface PeerInView {
  readonly name: string;
  readonly namespace: string;
  readonly isOutside: boolean;
  readonly filter: NodeFilter;
}

function describePeers(
  { peers }: Connectivity,
  { from, to, namespaces }: Omit<NetViewOptions, 'most'>,
): readonly PeerInView[] {
  const names = peerNames(peers.all);
  return peers.all.map((peer, number) => {
    const { pod } = peer;
    const name = names[number] ?? '';
    const namespace = pod?.object.namespace ?? '';
    const isNamed = (asked: readonly string[] | undefined): boolean =>
      asked === undefined || [namespace, name, ...namesOf(peer)].some((own) => asked.includes(own));
    const inNamespaces = namespaces === undefined || (pod !== undefined && namespaces.includes(namespace));
    return {
      name,
      namespace,
      isOutside: pod === undefined,
      filter: { asSource: isNamed(from), asDestination: isNamed(to), inNamespaces },
    };
  });
}

function namespaceKey(peer: PeerInView | undefined): string {
  if (peer === undefined) return '';
  const { namespace, isOutside, name, filter } = peer;
  return JSON.stringify([isOutside ? name : '', namespace, filter.asSource, filter.asDestination, filter.inNamespaces]);
}

/** Splits the peers of each namespace by every set of peers that a connection speaks of. */
function refine({ connections }: Connectivity, peers: readonly PeerInView[]): readonly (readonly number[])[] {
  const keys = new Map<string, number>();
  const classOf = Int32Array.from(peers, (peer) => {
    const key = namespaceKey(peer);
    const number = keys.get(key) ?? keys.size;
    keys.set(key, number);
    return number;
  });
  let count = keys.size;
  for (const { sources, destinations } of connections) {
    for (const set of [sources, destinations]) {
      const moved = new Map<number, number>();
      for (const number of set) {
        const old = classOf[number] ?? 0;
        let fresh = moved.get(old);
        if (fresh === undefined) moved.set(old, (fresh = count++));
        classOf[number] = fresh;
      }
    }
  }
  return [...groupBy([...peers.keys()], (number) => classOf[number] ?? 0).values()];
}

function viewOf(
  connectivity: Connectivity,
  peers: readonly PeerInView[],
  classes: readonly (readonly number[])[],
  by: NetView['by'],
): Omit<NetView, 'workloads'> {
  const groupOf = new Int32Array(peers.length);
  for (const [group, members] of classes.entries()) for (const member of members) groupOf[member] = group;
  const nodes = classes.flatMap((members): NetNode[] => {
    const first = peers[members[0] ?? 0];
    if (first === undefined) return [];
    const names = members.map((member) => peers[member]?.name ?? '').sort(compareNames);
    const { filter, namespace } = first;
    if (first.isOutside) return [{ kind: 'outside', namespaces: [], names, filter }];
    return [{ kind: by, namespaces: [namespace], names, filter }];
  });
  const cells = cellsOf(
    connectivity,
    groupOf,
    classes.map(({ length }) => length),
  );
  return { by, ...mergeAlike({ nodes, cells }, by, connectivity.evaluator.algebra) };
}
