import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { parseCidrOrAddress } from '../../../lang/addresses/cidr.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import { defined } from '../../../lang/defined.ts';
import { mergePortRanges } from '../../../lang/addresses/port-range.ts';
import type { CalicoIcmp, CalicoPeer, CalicoPort, CalicoProtocol, CalicoRule } from './calico-resource.ts';
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
  return defined<Rule>({
    action,
    family: family(rule),
    protocol: protocolNumber(rule.protocol),
    notProtocol: protocolNumber(rule.notProtocol),
    icmp: icmp(rule.icmp),
    notIcmp: icmp(rule.notIcmp),
    source,
    destination,
    http: rule.http && http(rule.http),
    origin,
  });
}

const actions: Readonly<Record<string, RuleAction>> = { allow: 'allow', deny: 'deny', pass: 'pass', log: 'log' };

/** A protocol named ICMP or ICMPv6 (not its number) confines the rule to one family. */
function family({ ipVersion, protocol }: CalicoRule): Family | undefined {
  if (ipVersion === 4 || ipVersion === 6) return ipVersion;
  if (protocol === 'ICMP') return 4;
  return protocol === 'ICMPv6' ? 6 : undefined;
}

/** A name that Calico does not know is no protocol of any packet. */
function protocolNumber(protocol: CalicoProtocol | undefined): number | undefined {
  return typeof protocol === 'string' ? (protocolNumbers[protocol] ?? -1) : protocol;
}

/** A match without a type asks for nothing. */
function icmp(match: CalicoIcmp | undefined): IcmpMatch | undefined {
  return match?.type === undefined ? undefined : defined<IcmpMatch>({ type: match.type, code: match.code });
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
  const { services } = peer;
  return defined<PeerMatch>({
    selector: selectors.selector,
    notSelector: selectors.notSelector,
    nets: peer.nets.length === 0 ? undefined : blocks(peer.nets),
    notNets: peer.notNets.length === 0 ? undefined : blocks(peer.notNets),
    ports: peer.ports.length === 0 ? undefined : compilePorts(peer.ports),
    notPorts: peer.notPorts.length === 0 ? undefined : compilePorts(peer.notPorts),
    service:
      services === undefined || services.name === ''
        ? undefined
        : // Not the policy's own namespace when it is absent: such a rule matches nothing.
          { namespace: services.namespace, name: services.name, ports: isDestination },
    // Marked in the whole rule, where something is.
    unsettled: undefined,
  });
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
