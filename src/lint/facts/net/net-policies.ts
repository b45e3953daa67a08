import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf } from '../../../cluster/index/object-index.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { record } from '../../../model/json.ts';
import { specAsWritten } from '../../../model/as-written.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import type { Direction, PeerMatch, Policy, Rule } from '../../../engines/net/form/normal-form.ts';
import type { Json, JsonObject, ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { blockFacts, type BlockFacts } from './net-blocks.ts';

/** A network policy as it is written, beside what became of it. */
export interface WrittenPolicy {
  readonly object: ManifestObject;
  /** `NetworkPolicy`, or Calico's kind with the word Calico before it. */
  readonly title: string;
  readonly isCalico: boolean;
  /** '' for a policy of the whole cluster. */
  readonly namespace: string;
  readonly spec: JsonObject;
  readonly rules: readonly WrittenRule[];
  /** The normal form; absent where the policy is refused. */
  readonly policy?: Policy;
}

export interface WrittenRule {
  readonly direction: Direction;
  readonly path: FieldPath;
  readonly value: JsonObject;
  /** The other ends that it names; none is everybody. */
  readonly peers: readonly WrittenPeer[];
  readonly ports: readonly WrittenPort[];
  /** What it became: one for each peer and protocol. */
  readonly compiled: readonly Rule[];
}

export interface WrittenPeer {
  readonly path: FieldPath;
  readonly value: JsonObject;
  /** Blocks of addresses, each with what is taken out of it. */
  readonly blocks: readonly WrittenBlock[];
  /** The normal form; absent where the policy is refused. */
  readonly match?: PeerMatch;
}

export interface WrittenBlock {
  readonly path: FieldPath;
  readonly text: string;
  readonly except: readonly { readonly path: FieldPath; readonly text: string }[];
}

/** A port of the destination. */
export interface WrittenPort {
  readonly path: FieldPath;
  /** '' where a rule of Calico names none. */
  readonly protocol: string;
  /** A number, a range, or a name; absent: every port. */
  readonly port?: number | string;
  readonly last?: number;
}

/** Network policies as they are written. */
export interface NetPolicyFacts {
  /** The NetworkPolicies, and the policies of Calico, of linted manifests; staged ones left out. */
  readonly written: readonly WrittenPolicy[];
  readonly blocks: BlockFacts;
}

/** Reads the policies of a cluster. */
export function netPolicyFacts(cluster: Cluster): NetPolicyFacts {
  let written: readonly WrittenPolicy[] | undefined;
  return {
    get written() {
      return (written ??= readPolicies(cluster));
    },
    blocks: blockFacts,
  };
}

function readPolicies(cluster: Cluster): readonly WrittenPolicy[] {
  const linted = cluster.objects.filter((object) => isPolicy(object) && !cluster.context.has(object));
  if (linted.length === 0) return [];
  const compiled = new Map<ManifestObject, Policy>();
  for (const { policies } of networkOf(cluster).network.tiers) {
    for (const policy of policies) {
      const { manifest } = policy.origin.object;
      if (manifest !== undefined) compiled.set(manifest, policy);
    }
  }
  return linted.map((object) => readPolicy(cluster, object, compiled.get(object)));
}

const calicoGroup = /^(?:crd\.)?projectcalico\.org$/;

function isPolicy({ group, kind }: ManifestObject): boolean {
  if (kind === 'NetworkPolicy')
    return group === 'networking.k8s.io' || group === 'extensions' || calicoGroup.test(group);
  return kind === 'GlobalNetworkPolicy' && calicoGroup.test(group);
}

function readPolicy(cluster: Cluster, object: ManifestObject, policy: Policy | undefined): WrittenPolicy {
  const isCalico = calicoGroup.test(object.group);
  const spec = specAsWritten(object);
  const byPlace = groupBy([...(policy?.rules.ingress ?? []), ...(policy?.rules.egress ?? [])], ({ origin }) =>
    origin.path.slice(0, 3).join(),
  );
  const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
    listed(spec[direction]).map(({ value, index }): WrittenRule => {
      const path = ['spec', direction, index];
      const compiled = byPlace.get(path.join()) ?? [];
      const byPath = groupBy(compiled, ({ origin }) => origin.path.join());
      const parts = isCalico ? calicoParts(direction, path, value) : kubernetesParts(direction, path, value);
      const other = direction === 'ingress' ? 'source' : 'destination';
      const peers = parts.peers.map((peer): WrittenPeer => {
        const [rule] = byPath.get(peer.path.join()) ?? byPath.get(path.join()) ?? [];
        const match = rule?.[other];
        return { ...peer, ...(match === undefined ? {} : { match }) };
      });
      return { direction, path, value, peers, ports: parts.ports, compiled };
    }),
  );
  return {
    object,
    title: isCalico ? `Calico ${object.kind}` : object.kind,
    isCalico,
    namespace: object.kind === 'GlobalNetworkPolicy' ? '' : namespaceOf(cluster, object),
    spec,
    rules,
    ...(policy === undefined ? {} : { policy }),
  };
}

interface Parts {
  readonly peers: readonly Omit<WrittenPeer, 'match'>[];
  readonly ports: readonly WrittenPort[];
}

function kubernetesParts(direction: Direction, path: FieldPath, rule: JsonObject): Parts {
  const key = direction === 'ingress' ? 'from' : 'to';
  const peers = listed(rule[key]).map(({ value, index }) => {
    const at = [...path, key, index];
    const block = record(value.ipBlock);
    const blocks =
      typeof block.cidr !== 'string'
        ? []
        : [
            {
              path: [...at, 'ipBlock', 'cidr'],
              text: block.cidr,
              except: texts(block.except, [...at, 'ipBlock', 'except']),
            },
          ];
    return { path: at, value, blocks };
  });
  const ports = listed(rule.ports).map(({ value, index }): WrittenPort => {
    const at = [...path, 'ports', index];
    const hasPort = typeof value.port === 'number' || typeof value.port === 'string';
    return {
      path: hasPort ? [...at, 'port'] : at,
      protocol: typeof value.protocol === 'string' ? value.protocol : 'TCP',
      ...(hasPort ? { port: value.port as number | string } : {}),
      ...(typeof value.endPort === 'number' ? { last: value.endPort } : {}),
    };
  });
  return { peers, ports };
}

function calicoParts(direction: Direction, path: FieldPath, rule: JsonObject): Parts {
  const other = direction === 'ingress' ? 'source' : 'destination';
  const value = record(rule[other]);
  const criteria = ['selector', 'notSelector', 'namespaceSelector', 'serviceAccounts', 'services', 'nets', 'notNets'];
  const at = [...path, other];
  const taken = texts(value.notNets, [...at, 'notNets']);
  const blocks = texts(value.nets, [...at, 'nets']).map((block) => ({ ...block, except: taken }));
  const isNamed = criteria.some((key) => value[key] !== undefined && value[key] !== null);
  const protocol = typeof rule.protocol === 'string' ? rule.protocol : '';
  const written = record(rule.destination).ports;
  const ports = (Array.isArray(written) ? written : []).flatMap((port, index): readonly WrittenPort[] => {
    const portPath = [...path, 'destination', 'ports', index];
    if (typeof port !== 'number' && typeof port !== 'string') return [];
    const range = typeof port === 'string' ? /^(\d+):(\d+)$/.exec(port) : null;
    if (range !== null) return [{ path: portPath, protocol, port: Number(range[1]), last: Number(range[2]) }];
    const isNumber = typeof port === 'number' || /^\d+$/.test(port);
    return [{ path: portPath, protocol, port: isNumber ? Number(port) : port }];
  });
  return { peers: isNamed ? [{ path: at, value, blocks }] : [], ports };
}

function listed(list: Json | undefined): readonly { readonly value: JsonObject; readonly index: number }[] {
  return (Array.isArray(list) ? list : []).map((item, index) => ({ value: record(item), index }));
}

function texts(list: Json | undefined, path: FieldPath): readonly { path: FieldPath; text: string }[] {
  return (Array.isArray(list) ? list : []).flatMap((text, index) =>
    typeof text === 'string' ? [{ path: [...path, index], text }] : [],
  );
}
