import type { Cluster } from '../../cluster/cluster.ts';
import { TrafficEvaluator } from '../../engines/net/endpoint-traffic.ts';
import { evaluateEndpoint, isNormal, selectTiers } from '../../engines/net/evaluate-endpoint.ts';
import { endOfFamily } from '../../engines/net/flow-end.ts';
import type { FlowEnd } from '../../engines/net/flow-end.ts';
import { type FlowAnswer, type FlowDecision, flowVerdict } from '../../engines/net/flow-verdict.ts';
import { namespaceProfileName } from '../../engines/net/kubernetes-profiles.ts';
import { namespaceLabel } from '../../engines/net/calico-selectors.ts';
import type { AddressEnd } from '../../engines/net/packet.ts';
import type { ClusterNetwork } from '../../engines/net/network-of.ts';
import type { Direction, Policy } from '../../engines/net/normal-form.ts';
import { type Endpoint, InheritedLabels } from '../../engines/net/owner.ts';
import type { TierPolicies } from '../../engines/net/policy-index.ts';
import type { LabelLookup } from '../../lang/calico-selector/selector-node.ts';
import { combine } from '../../lang/traffic/combine.ts';
import type { TrafficSet } from '../../lang/traffic/traffic-set.ts';
import type { PodSource } from '../../cluster/pod-source.ts';
import type { ManifestObject } from '../../model/object.ts';
import { once } from './once.ts';
import { writtenTogether } from './written-together.ts';

/** The pod of which nothing is known, and others that stand for what no manifest says. */
export interface Strangers {
  /** A pod with any labels, in a namespace with any labels: it may be what any selector asks for. */
  readonly anyPod: FlowEnd;
  /** An address of which nothing is known: that of a node, of the API server. */
  readonly anyAddress: FlowEnd;
  /** A pod with any labels in one namespace. */
  podIn(namespace: string): FlowEnd;
  /** A pod without labels of its own in one namespace: only what selects every pod of it selects this one. */
  plainPodIn(namespace: string): FlowEnd;
  /** A pod without labels in a namespace without labels. */
  readonly nobody: FlowEnd;
}

/** Questions about what policies make of traffic, one side at a time. */
export interface TrafficFacts {
  readonly strangers: Strangers;
  /** The policies in force that certainly select an endpoint and govern a direction, in order. */
  isolators(endpoint: Endpoint, direction: Direction): readonly Policy[];
  /** Whether policies govern a direction of an endpoint, or may. */
  mayBeIsolated(endpoint: Endpoint, direction: Direction): boolean;
  /** The same for endpoints that the same policies select, in one namespace. */
  kindOf(endpoint: Endpoint, direction: Direction): string;
  /** Whether the policies of a pod were written for the same cluster and namespace as another manifest, as far as one can see. */
  isCloseBy(object: ManifestObject, pod: PodSource, direction: Direction): boolean;
  /** What the policies of one endpoint say of a flow, whatever the other end's say. */
  side(direction: Direction, from: FlowEnd, to: FlowEnd, protocol: number, port: number): FlowDecision;
  /** Both sides, with their reasons. */
  flow(from: FlowEnd, to: FlowEnd, protocol: number, port: number): FlowAnswer;
  /** Whether the policies of an endpoint certainly deny all packets of a protocol between it and another end. */
  deniesAll(endpoint: Endpoint, direction: Direction, other: FlowEnd, protocol: number): boolean;
  /** Whether the policies of an endpoint certainly allow all packets between it and another end. */
  allowsAll(endpoint: Endpoint, direction: Direction, other: FlowEnd): boolean;
  /** Whether a pod that nobody has written yet is kept from strangers in a direction, whichever labels it gets. */
  isDeniedByDefault(namespace: string, direction: Direction): boolean;
}

/** Answers by the network engine. */
export function trafficFacts(cluster: Cluster, known: () => ClusterNetwork): TrafficFacts {
  const strangers = once(() => strangersOf(known()));
  const evaluator = once(() => new TrafficEvaluator(known().network));
  const tiersOf = (endpoint: Endpoint, direction: Direction) =>
    selectTiers(known().network, endpoint, direction, isNormal);
  const flow = (from: FlowEnd, to: FlowEnd, protocol: number, port: number): FlowAnswer =>
    flowVerdict(cluster, { from, to, protocol, port });
  const ends = new WeakMap<object, AddressEnd>();
  const endOf = (end: FlowEnd): AddressEnd | undefined => {
    const key = end.endpoint ?? end.pod ?? end.address ?? strangers().anyAddress;
    let found = ends.get(key);
    if (found === undefined) {
      found = endOfFamily(cluster, end, 4) ?? endOfFamily(cluster, end, 6);
      if (found !== undefined) ends.set(key, found);
    }
    return found;
  };
  const side: TrafficFacts['side'] = (direction, from, to, protocol, port) => {
    const { endpoint } = direction === 'ingress' ? to : from;
    const [source, destination] = [endOf(from), endOf(to)];
    if (endpoint === undefined) return 'allow';
    if (source === undefined || destination === undefined) return 'deny';
    const family = source.address?.family ?? destination.address?.family ?? 4;
    const packet = { family, protocol, source: { ...source, port: 40000 }, destination: { ...destination, port } };
    const { decision } = evaluateEndpoint(known().network, endpoint, direction, packet);
    return decision === 'continue' ? 'allow' : decision;
  };
  const where = (
    endpoint: Endpoint,
    direction: Direction,
    other: FlowEnd,
    isWanted: (decision: FlowDecision) => boolean,
  ): TrafficSet | undefined => {
    const own = endOf({ name: '', endpoint });
    const far = endOf(other);
    if (own === undefined || far === undefined) return undefined;
    const [source, destination] = direction === 'egress' ? [own, far] : [far, own];
    const { algebra } = evaluator();
    const outcome = evaluator().endpoint(endpoint, direction, { family: 4, source, destination });
    return combine(algebra.space, outcome, algebra.everything, ({ decision }) => isWanted(decision));
  };
  const kinds = new WeakMap<readonly TierPolicies[], string>();
  const kindOf = (endpoint: Endpoint, direction: Direction): string => {
    const tiers = tiersOf(endpoint, direction);
    let kind = kinds.get(tiers);
    if (kind === undefined) {
      const names = tiers.flatMap(({ policies }) =>
        policies.map(({ kind: of, name, namespace }) => `${of}/${namespace}/${name}`),
      );
      kinds.set(tiers, (kind = `${endpoint.object.namespace} ${names.join()}`));
    }
    return kind;
  };
  const denied = new Map<string, boolean>();
  /** What is the same for all endpoints whose policies ask nothing of them but to be selected; undefined for others. */
  const sharedKey = (endpoint: Endpoint, direction: Direction): string | undefined => {
    const tiers = tiersOf(endpoint, direction);
    const own = direction === 'egress' ? 'source' : 'destination';
    const isPlain = tiers.every(({ policies, uncertain }) => {
      return (
        uncertain.size === 0 && policies.every(({ rules }) => rules[direction].every((rule) => isUnlimited(rule[own])))
      );
    });
    return isPlain && direction === 'egress' ? kindOf(endpoint, direction) : undefined;
  };
  return {
    get strangers() {
      return strangers();
    },
    isolators: (endpoint, direction) =>
      tiersOf(endpoint, direction).flatMap(({ policies, uncertain }) =>
        policies.filter((policy) => !policy.staged && !uncertain.has(policy)),
      ),
    mayBeIsolated: (endpoint, direction) =>
      tiersOf(endpoint, direction).some(({ policies }) => policies.some((policy) => !policy.staged)),
    kindOf,
    isCloseBy: (object, pod, direction) => {
      const endpoint = known().endpoints.get(pod);
      const policies = endpoint === undefined ? [] : tiersOf(endpoint, direction).flatMap((tier) => tier.policies);
      return policies.every(({ origin: { object: policy } }) => {
        if (policy.manifest === undefined || policy.namespace === '') return true;
        return writtenTogether(policy.manifest, object) && writtenTogether(policy.manifest, pod.owner);
      });
    },
    side,
    flow,
    deniesAll: (endpoint, direction, other, protocol) => {
      const key = sharedKey(endpoint, direction);
      const id = key === undefined ? undefined : `${key} ${other.name} ${protocol}`;
      const remembered = id === undefined ? undefined : denied.get(id);
      if (remembered !== undefined) return remembered;
      const { algebra } = evaluator();
      const possible = where(endpoint, direction, other, (decision) => decision !== 'deny');
      const answer =
        possible !== undefined && algebra.intersection(possible, algebra.ofProtocols([protocol])) === algebra.nothing;
      if (id !== undefined) denied.set(id, answer);
      return answer;
    },
    allowsAll: (endpoint, direction, other) => {
      const { algebra } = evaluator();
      const allowed = where(endpoint, direction, other, (decision) => decision === 'allow');
      if (allowed === undefined) return false;
      const carried = algebra.ofProtocols([6, 17]);
      // Port 4789 of UDP is never allowed: Calico keeps it for itself.
      const missing = algebra.difference(carried, allowed);
      return (
        algebra.difference(missing, algebra.ofPorts([17], 'destination', [{ first: 4789, last: 4789 }])) ===
        algebra.nothing
      );
    },
    isDeniedByDefault: (namespace, direction) => {
      const plain = strangers().plainPodIn(namespace);
      const { nobody } = strangers();
      const [from, to] = direction === 'ingress' ? [nobody, plain] : [plain, nobody];
      return side(direction, from, to, 6, 65000) === 'deny';
    },
  };
}

/** Whether one end of a rule has no criteria. */
function isUnlimited(match: object): boolean {
  return Object.keys(match).length === 0;
}

function strangersOf({ network }: ClusterNetwork): Strangers {
  const unknown = (get: (name: string) => string | undefined): LabelLookup => ({
    get,
    isUnknown: (name) => get(name) === undefined,
  });
  const ofNamespace = (namespace: string, own: ReadonlyMap<string, string>): InheritedLabels => {
    const profile = network.profiles.get(namespaceProfileName(namespace));
    return new InheritedLabels(
      own,
      profile === undefined ? [] : [profile.labels],
      profile?.openPrefix === undefined ? [] : [profile.openPrefix],
    );
  };
  const own = (namespace: string): ReadonlyMap<string, string> =>
    new Map([
      [namespaceLabel, namespace],
      ['projectcalico.org/orchestrator', 'k8s'],
    ]);
  const podIn = (namespace: string): FlowEnd => {
    const known = ofNamespace(namespace, own(namespace));
    return stranger(
      `a pod of ${namespace}`,
      namespace,
      unknown((name) => known.get(name)),
    );
  };
  const plain = new Map<string, FlowEnd>();
  return {
    anyPod: stranger(
      'a pod',
      '',
      unknown((name) => (name === 'projectcalico.org/orchestrator' ? 'k8s' : undefined)),
    ),
    anyAddress: { name: 'an address' },
    podIn,
    plainPodIn: (namespace) => {
      let end = plain.get(namespace);
      if (end === undefined)
        plain.set(namespace, (end = stranger('a pod', namespace, ofNamespace(namespace, own(namespace)))));
      return end;
    },
    nobody: stranger('a pod of another namespace', 'k8sec.invalid', new Map([...own('k8sec.invalid')])),
  };
}

/** A pod without an address that no manifest leads to. */
function stranger(name: string, namespace: string, labels: LabelLookup): FlowEnd {
  const object = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  const profiles = namespace === '' ? [] : [namespaceProfileName(namespace)];
  const endpoint: Endpoint = {
    kind: 'pod',
    object,
    labels,
    nets: [],
    ports: [],
    node: '',
    profiles,
    interfaceName: '',
  };
  return { name, endpoint };
}
