import { parseCidr, parseCidrOrAddress } from '../../../../lang/addresses/cidr.ts';
import { protocolNumbers } from '../../form/protocol.ts';
import type { CalicoHttp, CalicoIcmp, CalicoProtocol, CalicoRule } from '../calico-resource.ts';
import { firstOf, firstProblem, problemAt, within } from './field-problem.ts';
import type { Check, FieldProblem } from './field-problem.ts';
import { characterCount, peerProblem } from './validate-calico-peer.ts';

const maxHttpItems = 20;

/** Checks of each field of a rule. A new field does not compile until it has one. */
export type RuleChecks<R> = Readonly<Record<keyof R, Check<R>>>;

/** In Calico's order: what compares several fields stands with the last of them. */
export const ruleChecks: RuleChecks<CalicoRule> = {
  action: ({ action }) =>
    ['Allow', 'Deny', 'Log', 'Pass'].includes(action)
      ? undefined
      : problemAt(['action'], `${JSON.stringify(action)} is not one of Allow, Deny, Log, Pass`),
  protocol: ({ protocol }) => within(['protocol'], protocolProblem(protocol)),
  notProtocol: ({ notProtocol }) => within(['notProtocol'], protocolProblem(notProtocol)),
  ipVersion: familyProblem,
  icmp: ({ icmp }) => within(['icmp'], icmpProblem(icmp)),
  notIcmp: (rule) => within(['notICMP'], icmpProblem(rule.notIcmp)) ?? icmpProtocolProblem(rule),
  source: ({ source }) => within(['source'], peerProblem(source)),
  destination: (rule) =>
    within(['destination'], peerProblem(rule.destination)) ?? portsWithoutProtocol(rule) ?? netsProblem(rule),
  http: (rule) => within(['http'], httpProblem(rule)) ?? servicePortsProblem(rule),
};

/**
 * The first thing that libcalico refuses in a rule, whatever policy or profile it is in; undefined when it is accepted. Mirrors
 * libcalico-go/lib/validator/v3 validateRule and validateEntityRule and the schema of the resource, v3.32.
 */
export function calicoRuleProblem(rule: CalicoRule): FieldProblem | undefined {
  return firstProblem(ruleChecks, rule);
}

/** Why a protocol is none that Calico knows. */
export function protocolProblem(protocol: CalicoProtocol | undefined): FieldProblem | undefined {
  if (protocol === 0) return problemAt([], 'protocol number invalid');
  return typeof protocol === 'string' && protocolNumbers[protocol] === undefined
    ? problemAt([], 'protocol name invalid')
    : undefined;
}

/** Only names are held against the family: the numbers 1 and 58 go with both. */
function familyProblem({ ipVersion, protocol, notProtocol }: CalicoRule): FieldProblem | undefined {
  if (ipVersion === undefined) return undefined;
  if (ipVersion !== 4 && ipVersion !== 6) return problemAt(['ipVersion'], 'must be 4 or 6');
  for (const named of [protocol, notProtocol]) {
    if (named === 'ICMP' && ipVersion !== 4) {
      return problemAt(['ipVersion'], "must set ipversion to '4' with protocol icmp");
    }
    if (named === 'ICMPv6' && ipVersion !== 6) {
      return problemAt(['ipVersion'], "must set ipversion to '6' with protocol icmpv6");
    }
  }
  return undefined;
}

function icmpProblem(icmp: CalicoIcmp | undefined): FieldProblem | undefined {
  if (icmp?.type !== undefined && (icmp.type < 0 || icmp.type > 254)) {
    return problemAt(['type'], 'ICMP type must be between 0 and 254');
  }
  if (icmp?.code !== undefined && (icmp.code < 0 || icmp.code > 255)) {
    return problemAt(['code'], 'ICMP code must be between 0 and 255');
  }
  return icmp?.code !== undefined && icmp.type === undefined
    ? problemAt(['code'], 'ICMP code specified without an ICMP type')
    : undefined;
}

function icmpProtocolProblem({ icmp, protocol }: CalicoRule): FieldProblem | undefined {
  return icmp !== undefined && protocol !== 'ICMP' && protocol !== 'ICMPv6'
    ? problemAt(['icmp'], 'rules that specify ICMP fields must set protocol to ICMP')
    : undefined;
}

/** Why a rule's ports do not go with its protocol. */
export function portsWithoutProtocol({ protocol, source, destination }: CalicoRule): FieldProblem | undefined {
  const ports = [source.ports, source.notPorts, destination.ports, destination.notPorts].flat();
  const end = destination.ports.length + destination.notPorts.length > 0 ? 'destination' : 'source';
  const path = [end, { source, destination }[end].ports.length > 0 ? 'ports' : 'notPorts'];
  if (protocol === undefined) {
    return ports.every((port) => port.name !== '')
      ? undefined
      : problemAt(path, 'rules with numeric port or port range must set protocol to TCP or UDP or SCTP');
  }
  const supported = ['TCP', 'UDP', 'SCTP', 6, 17, 132].includes(protocol);
  return supported || ports.length === 0
    ? undefined
    : problemAt(path, 'rules that specify ports must set protocol to TCP or UDP or SCTP');
}

/** Blocks must have a mask and be masked, of one family in the whole rule, and not be everything where they are negated. */
function netsProblem({ ipVersion, source, destination }: CalicoRule): FieldProblem | undefined {
  const families = new Set<number>();
  for (const [end, peer] of [['source', source] as const, ['destination', destination] as const]) {
    for (const field of ['nets', 'notNets'] as const) {
      const problem = firstOf(peer[field], (net) => {
        const parsed = parseCidr(net);
        if (parsed === undefined) return problemAt([], 'invalid CIDR');
        if (parseCidrOrAddress(net)?.masked !== true) return problemAt([], `${net} has bits set after its mask`);
        if (field === 'notNets' && parsed.cidr.bits === 0) {
          return problemAt([], 'catch-all CIDR in negation creates logical contradiction (matches no traffic)');
        }
        families.add(parsed.cidr.family);
        return undefined;
      });
      if (problem !== undefined) return within([end, field], problem);
      if (ipVersion !== undefined && families.size > 0 && !families.has(ipVersion)) {
        return problemAt([end, field], "rule IP version doesn't match CIDR version");
      }
      if (families.size > 1) return problemAt([end, field], 'rule contains both IPv4 and IPv6 CIDRs');
    }
  }
  return undefined;
}

function httpProblem({ http, protocol, action }: CalicoRule): FieldProblem | undefined {
  if (http === undefined) return undefined;
  if (protocol !== undefined && protocol !== 'TCP') {
    return problemAt([], 'rules that specify HTTP fields must set protocol to TCP or empty');
  }
  return action === 'Allow' ? httpMatchProblem(http) : problemAt([], 'only valid for Allow rules');
}

function httpMatchProblem({ methods, paths }: CalicoHttp): FieldProblem | undefined {
  if (methods.length > maxHttpItems || paths.length > maxHttpItems) {
    return problemAt([], `must have at most ${maxHttpItems} methods and paths`);
  }
  if (new Set(methods).size !== methods.length) return problemAt(['methods'], 'invalid methods (duplicates)');
  const problem = firstOf(paths, ({ exact, prefix }) => {
    if (exact !== '' && prefix !== '') return problemAt([], "both 'exact' and 'prefix' are set");
    const path = exact === '' ? prefix : exact;
    if (path === '') return problemAt([], "either 'exact' or 'prefix' must be set");
    if (!path.startsWith('/') || /[? #]/.test(path)) return problemAt([], `invalid path ${path}`);
    return characterCount(path) > 1024 ? problemAt([], 'a path may not be more than 1024 characters') : undefined;
  });
  return within(['paths'], problem);
}

function servicePortsProblem({ destination }: CalicoRule): FieldProblem | undefined {
  const { services, ports, notPorts } = destination;
  return services !== undefined && (ports.length > 0 || notPorts.length > 0)
    ? problemAt(['destination', 'ports'], 'cannot specify ports with a service selector')
    : undefined;
}
