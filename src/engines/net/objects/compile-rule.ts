import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { parseCidrOrAddress } from '../../../lang/cidr.ts';
import type { Cidr } from '../../../lang/cidr.ts';
import { mergePortRanges } from '../../../lang/port-range.ts';
import type { CalicoPeer, CalicoPort, CalicoProtocol, CalicoRule } from './calico-resource.ts';
import { peerSelector } from './calico-selectors.ts';
import type {
  Family,
  HttpMatch,
  IcmpMatch,
  Origin,
  PeerMatch,
  PortMatch,
  Rule,
  RuleAction,
} from '../form/normal-form.ts';
import { protocolNumbers } from '../form/protocol.ts';
import type { SelectorPool } from '../form/selector-pool.ts';

/**
 * Brings a valid rule of a policy (of a namespace, or '' for a global one) into the normal form; undefined when its selectors,
 * valid each for itself, cannot be combined: felix drops such a policy. Mirrors updateprocessors/rules.go and calc/rule_scanner.go,
 * v3.32.
 */
export function compileRule(rule: CalicoRule, namespace: string, origin: Origin, pool: SelectorPool): Rule | undefined {
  const source = compilePeer(rule.source, namespace, false, pool);
  const destination = compilePeer(rule.destination, namespace, true, pool);
  const action = actions[rule.action.toLowerCase()];
  if (source === undefined || destination === undefined || action === undefined) return undefined;
  return {
    action,
    ...family(rule),
    ...(rule.protocol === undefined ? {} : { protocol: protocolNumber(rule.protocol) }),
    ...(rule.notProtocol === undefined ? {} : { notProtocol: protocolNumber(rule.notProtocol) }),
    ...icmp('icmp', rule.icmp),
    ...icmp('notIcmp', rule.notIcmp),
    source,
    destination,
    ...(rule.http === undefined ? {} : { http: http(rule.http) }),
    origin,
  };
}

const actions: Readonly<Record<string, RuleAction>> = { allow: 'allow', deny: 'deny', pass: 'pass', log: 'log' };

/** A protocol named ICMP or ICMPv6 (not its number) confines the rule to one family. */
function family(rule: CalicoRule): { readonly family?: Family } {
  if (rule.ipVersion === 4 || rule.ipVersion === 6) return { family: rule.ipVersion };
  if (rule.protocol === 'ICMP') return { family: 4 };
  return rule.protocol === 'ICMPv6' ? { family: 6 } : {};
}

/** A name that Calico does not know is no protocol of any packet. */
function protocolNumber(protocol: CalicoProtocol): number {
  return typeof protocol === 'number' ? protocol : (protocolNumbers[protocol] ?? -1);
}

function icmp<Key extends 'icmp' | 'notIcmp'>(
  key: Key,
  match: { readonly type?: number; readonly code?: number } | undefined,
): Partial<Record<Key, IcmpMatch>> {
  if (match?.type === undefined) return {};
  const value: IcmpMatch = { type: match.type, ...(match.code === undefined ? {} : { code: match.code }) };
  return { [key]: value } as Partial<Record<Key, IcmpMatch>>;
}

function http(match: NonNullable<CalicoRule['http']>): HttpMatch {
  return {
    methods: match.methods,
    paths: match.paths.map(({ exact, prefix }) =>
      exact === '' ? { kind: 'prefix', path: prefix } : { kind: 'exact', path: exact },
    ),
  };
}

function compilePeer(
  peer: CalicoPeer,
  namespace: string,
  isDestination: boolean,
  pool: SelectorPool,
): PeerMatch | undefined {
  const selectors = compileSelectors(peerSelector(peer, namespace), peer.notSelector, pool);
  if (selectors === undefined) return undefined;
  return {
    ...selectors,
    ...(peer.nets.length === 0 ? {} : { nets: blocks(peer.nets) }),
    ...(peer.notNets.length === 0 ? {} : { notNets: blocks(peer.notNets) }),
    ...(peer.ports.length === 0 ? {} : { ports: compilePorts(peer.ports) }),
    ...(peer.notPorts.length === 0 ? {} : { notPorts: compilePorts(peer.notPorts) }),
    ...(peer.services === undefined || peer.services.name === ''
      ? {}
      : {
          service: {
            // Not the policy's own namespace when it is absent: such a rule matches nothing.
            namespace: peer.services.namespace,
            name: peer.services.name,
            ports: isDestination,
          },
        }),
  };
}

/** A negated selector beside a positive one only narrows it; alone it also matches addresses that belong to nothing known. */
function compileSelectors(
  positive: string,
  negative: string,
  pool: SelectorPool,
): { readonly selector?: SelectorNode; readonly notSelector?: SelectorNode } | undefined {
  if (positive === '' && negative === '') return {};
  const text = positive === '' ? negative : negative === '' ? positive : `(${positive}) && (!(${negative}))`;
  const node = pool.parse(text);
  if (node === undefined) return undefined;
  return positive === '' ? { notSelector: node } : { selector: node };
}

function blocks(nets: readonly string[]): readonly Cidr[] {
  return nets.flatMap((net) => parseCidrOrAddress(net)?.cidr ?? []);
}

function compilePorts(ports: readonly CalicoPort[]): PortMatch {
  return {
    ranges: mergePortRanges(ports.filter((port) => port.name === '')),
    names: ports.filter((port) => port.name !== '').map((port) => port.name),
  };
}
