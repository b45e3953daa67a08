import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import { unicastBlocks } from '../../../cluster/pods/pod-blocks.ts';
import { TrafficEvaluator } from '../sets/endpoint-traffic.ts';
import { type FailsafePort, failsafePortsOf } from '../objects/failsafe.ts';
import type { Network } from '../model/network.ts';
import type { Family, Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { AddressEnd } from '../form/packet.ts';
import { packetEnd } from '../packet/packet-end.ts';
import { sharedPeers } from '../sets/peers.ts';
import { coversEnd } from '../sets/rule-cover.ts';
import { trafficBounds } from '../sets/rule-traffic.ts';
import { parseCidr } from '../../../lang/addresses/cidr.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { once } from '../../../lang/once.ts';

/** What host endpoints let in, whatever policies say and because of them. */
export interface HostOpenness {
  /** Whether a policy is for host endpoints: it selects one of the tree, or asks for one of their stages. */
  isForHosts(policy: Policy): boolean;
  /** Whether a rule matches every address of a family as its source. */
  isAnySource(rule: Rule): boolean;
  /** Whether a rule matches TCP packets to a port. */
  takesPort(rule: Rule, port: number): boolean;
  /** Whether policies allow some source to reach a TCP port of a host endpoint; `unknown` if that depends on what is not known. */
  isOpen(host: Endpoint, port: number): boolean | 'unknown';
  /** Whether felix keeps an incoming TCP port of a host endpoint open, at least for some addresses, whatever the policies say. */
  isFailsafe(host: Endpoint, port: number): boolean;
  /** Whether Felix keeps an incoming TCP port open to every source, on every host endpoint that a policy selects. */
  isFailsafeFor(policy: Policy, port: number): boolean;
  /** The FelixConfiguration that says which ports these are on a host endpoint; none where felix's own list holds. */
  failsafeSetting(host: Endpoint): ManifestObject | undefined;
}

const everyAddress: Readonly<Record<Family, readonly Cidr[]>> = { 4: blocks('0.0.0.0/0'), 6: blocks('::/0') };

/** Answers by evaluating host endpoints for every other end that the network can tell apart. */
export function hostOpenness(cluster: Cluster, network: Network): HostOpenness {
  const evaluator = once(() => new TrafficEvaluator(network));
  const peers = once(() => ([4, 6] as const).map((family) => ({ family, peers: sharedPeers(network, family) })));
  const failsafe = (node: string, port: number): readonly FailsafePort[] =>
    failsafePortsOf(network.failsafe, node).ingress.filter((each) => each.protocol === 6 && each.port === port);
  const open = (host: Endpoint, port: number): boolean | 'unknown' => {
    let answer: boolean | 'unknown' = false;
    for (const { family, peers: all } of peers()) {
      for (const { end } of all.all) {
        const pair = { family, source: end, destination: hostEnd(network, host, family) };
        const { decision } = valueAt(evaluator().endpoint(host, 'ingress', pair), [6, port, 40_000]);
        if (decision === 'allow') return true;
        if (decision === 'unknown') answer = 'unknown';
      }
    }
    return answer;
  };
  return {
    isForHosts: (policy) =>
      policy.stage !== 'normal' ||
      policy.applyOnForward ||
      network.hosts.some((host) => network.owners.isMatched(policy.selector, host)),
    isAnySource: ({ source }) => ([4, 6] as const).some((family) => coversEnd({ nets: everyAddress[family] }, source)),
    takesPort: (rule, port) => {
      const traffic = trafficBounds(evaluator().algebra, { ...rule, source: {} }).least;
      return valueAt(traffic, [6, port, 40_000]);
    },
    isOpen: open,
    isFailsafe: (host, port) => failsafe(host.node, port).length > 0,
    isFailsafeFor: (policy, port) => {
      const selected = network.hosts.filter((host) => network.owners.matches(policy.selector, host) !== false);
      const nodes = new Set(selected.length === 0 ? [''] : selected.map(({ node }) => node));
      return [...nodes].every((node) => failsafe(node, port).some(({ net }) => net === undefined));
    },
    failsafeSetting: ({ node }) => {
      const setting = [node, ''].find((name) =>
        network.failsafe.some((each) => each.node === name && each.ports.ingress !== undefined),
      );
      if (setting === undefined) return undefined;
      const name = setting === '' ? 'default' : `node.${setting}`;
      return ['projectcalico.org', 'crd.projectcalico.org']
        .flatMap((group) => objectsOfKind(cluster, group, 'FelixConfiguration'))
        .find((object) => object.name === name);
    },
  };
}

/** A host endpoint as an end of packets; the addresses of one that is known by its interface only are not known. */
function hostEnd(network: Network, host: Endpoint, family: Family): AddressEnd {
  const net = host.nets.find((each) => each.family === family);
  if (net !== undefined)
    return packetEnd(network, net.family === 4 ? { family: 4, value: net.base } : { family: 6, value: net.base });
  return { address: undefined, owners: [host], within: unicastBlocks.filter((block) => block.family === family) };
}

function blocks(text: string): readonly Cidr[] {
  const parsed = parseCidr(text);
  return parsed === undefined ? [] : [parsed.cidr];
}
