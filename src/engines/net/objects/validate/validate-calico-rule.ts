import { lex } from '../../../../lang/calico-selector/lex.ts';
import { isSelectorError, parseSelector } from '../../../../lang/calico-selector/parse-selector.ts';
import { parseCidr, parseCidrOrAddress } from '../../../../lang/cidr.ts';
import type { CalicoHttp, CalicoIcmp, CalicoPeer, CalicoProtocol, CalicoRule } from '../calico-resource.ts';
import { isPortName } from '../../form/port-name.ts';
import { protocolNumbers } from '../../form/protocol.ts';
import { isDnsSubdomain } from '../../../../lang/label-selector.ts';

/** The longest selector, in characters. */
const maxSelectorLength = 1024;
const maxPorts = 50;
const maxNets = 256;
const maxHttpItems = 20;

/**
 * The first thing that libcalico refuses in a rule, whatever policy or profile it is in; undefined when it is accepted. Mirrors
 * libcalico-go/lib/validator/v3 validateRule and validateEntityRule and the schema of the resource, v3.32.
 */
export function calicoRuleProblem(rule: CalicoRule): string | undefined {
  if (!['Allow', 'Deny', 'Log', 'Pass'].includes(rule.action)) {
    return `action ${JSON.stringify(rule.action)} is none of Allow, Deny, Log, Pass`;
  }
  return (
    protocolProblem(rule.protocol) ??
    protocolProblem(rule.notProtocol) ??
    familyProblem(rule) ??
    icmpProblem(rule.icmp) ??
    icmpProblem(rule.notIcmp) ??
    (rule.icmp !== undefined && rule.protocol !== 'ICMP' && rule.protocol !== 'ICMPv6'
      ? 'rules that specify ICMP fields must set protocol to ICMP'
      : undefined) ??
    peerProblem('source', rule.source) ??
    peerProblem('destination', rule.destination) ??
    portsWithoutProtocol(rule) ??
    netsProblem(rule) ??
    httpProblem(rule) ??
    servicePortsProblem(rule.destination)
  );
}

/** Characters as schemas count them: code points. */
function characterCount(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

/** Why a field does not hold a selector; undefined when it does. */
export function selectorProblem(field: string, selector: string): string | undefined {
  if (characterCount(selector) > maxSelectorLength)
    return `${field}: Too long: may not be more than ${maxSelectorLength} bytes`;
  const parsed = parseSelector(selector);
  return isSelectorError(parsed) ? `${field}: ${parsed.message}` : undefined;
}

/** Why a protocol is none that Calico knows. */
export function protocolProblem(protocol: CalicoProtocol | undefined): string | undefined {
  if (protocol === 0) return 'protocol number invalid';
  return typeof protocol === 'string' && protocolNumbers[protocol] === undefined ? 'protocol name invalid' : undefined;
}

/** Only names are held against the family: the numbers 1 and 58 go with both. */
function familyProblem({ ipVersion, protocol, notProtocol }: CalicoRule): string | undefined {
  if (ipVersion === undefined) return undefined;
  if (ipVersion !== 4 && ipVersion !== 6) return 'ipVersion must be 4 or 6';
  for (const named of [protocol, notProtocol]) {
    if (named === 'ICMP' && ipVersion !== 4) return "must set ipversion to '4' with protocol icmp";
    if (named === 'ICMPv6' && ipVersion !== 6) return "must set ipversion to '6' with protocol icmpv6";
  }
  return undefined;
}

function icmpProblem(icmp: CalicoIcmp | undefined): string | undefined {
  if (icmp?.type !== undefined && (icmp.type < 0 || icmp.type > 254)) return 'ICMP type must be between 0 and 254';
  if (icmp?.code !== undefined && (icmp.code < 0 || icmp.code > 255)) return 'ICMP code must be between 0 and 255';
  return icmp?.code !== undefined && icmp.type === undefined ? 'ICMP code specified without an ICMP type' : undefined;
}

function peerProblem(end: string, peer: CalicoPeer): string | undefined {
  const problem =
    selectorProblem('selector', peer.selector) ??
    selectorProblem('notSelector', peer.notSelector) ??
    selectorProblem('namespaceSelector', peer.namespaceSelector) ??
    selectorProblem('serviceAccounts.selector', peer.serviceAccounts?.selector ?? '') ??
    globalProblem(peer) ??
    serviceProblem(peer) ??
    portsProblem(peer) ??
    (peer.nets.length > maxNets || peer.notNets.length > maxNets
      ? `nets must have at most ${maxNets} items`
      : undefined);
  return problem === undefined ? undefined : `${end}.${problem}`;
}

/** `global()` stands alone, and only in a namespaceSelector. */
function globalProblem({ selector, namespaceSelector }: CalicoPeer): string | undefined {
  if (selector.includes('global(')) return 'selector: global() can only be used in an EntityRule namespaceSelector';
  if (!namespaceSelector.includes('global(') || namespaceSelector === 'global()') return undefined;
  const tokens = lex(namespaceSelector);
  return 'message' in tokens || tokens.length > 2 || tokens[0]?.kind !== 'TokGlobal'
    ? 'namespaceSelector: global() cannot be combined with other selectors'
    : undefined;
}

function serviceProblem(peer: CalicoPeer): string | undefined {
  if (peer.services === undefined) return undefined;
  const { name, namespace } = peer.services;
  if (name === '') return 'services: must specify a service name';
  if (
    !isDnsSubdomain(name) ||
    (namespace !== '' && !isDnsSubdomain(namespace)) ||
    name.length > 253 ||
    namespace.length > 253
  ) {
    return 'services: name or namespace is invalid';
  }
  const [other] = [
    peer.namespaceSelector === '' ? [] : ['NamespaceSelector'],
    peer.selector === '' && peer.notSelector === '' ? [] : ['Selector/NotSelector'],
    peer.serviceAccounts === undefined ? [] : ['ServiceAccounts'],
    peer.nets.length === 0 && peer.notNets.length === 0 ? [] : ['Nets/NotNets'],
  ].flat();
  return other === undefined ? undefined : `services: cannot specify ${other} and Services on the same rule`;
}

/** Why a port or a port's name cannot be one. */
export function portsProblem(peer: CalicoPeer): string | undefined {
  for (const ports of [peer.ports, peer.notPorts]) {
    if (ports.length > maxPorts) return `ports must have at most ${maxPorts} items`;
    for (const { first, name } of ports) {
      if (name === '' && first < 1) return 'ports: port number must be between 1 and 65535';
      if (name !== '' && !isPortName(name)) return `ports: name ${JSON.stringify(name)} is invalid`;
    }
  }
  return undefined;
}

/** Why a rule's ports do not go with its protocol. */
export function portsWithoutProtocol({ protocol, source, destination }: CalicoRule): string | undefined {
  const ports = [source.ports, source.notPorts, destination.ports, destination.notPorts].flat();
  if (protocol === undefined) {
    return ports.every((port) => port.name !== '')
      ? undefined
      : 'rules with numeric port or port range must set protocol to TCP or UDP or SCTP';
  }
  const supported = ['TCP', 'UDP', 'SCTP', 6, 17, 132].includes(protocol);
  return supported || ports.length === 0
    ? undefined
    : 'rules that specify ports must set protocol to TCP or UDP or SCTP';
}

/** Blocks must have a mask and be masked, of one family in the whole rule, and not be everything where they are negated. */
function netsProblem({ ipVersion, source, destination }: CalicoRule): string | undefined {
  const families = new Set<number>();
  for (const [field, nets] of [
    ['source.nets', source.nets],
    ['source.notNets', source.notNets],
    ['destination.nets', destination.nets],
    ['destination.notNets', destination.notNets],
  ] as const) {
    for (const net of nets) {
      const parsed = parseCidr(net);
      if (parsed === undefined) return `${field}: invalid CIDR`;
      if (parseCidrOrAddress(net)?.masked !== true) return `${field}: ${net} has bits set after its mask`;
      if (field.endsWith('notNets') && parsed.cidr.bits === 0) {
        return `${field}: catch-all CIDR in negation creates logical contradiction (matches no traffic)`;
      }
      families.add(parsed.cidr.family);
    }
    if (ipVersion !== undefined && families.size > 0 && !families.has(ipVersion)) {
      return `${field}: rule IP version doesn't match CIDR version`;
    }
    if (families.size > 1) return `${field}: rule contains both IPv4 and IPv6 CIDRs`;
  }
  return undefined;
}

function httpProblem({ http, protocol, action }: CalicoRule): string | undefined {
  if (http === undefined) return undefined;
  if (protocol !== undefined && protocol !== 'TCP') {
    return 'rules that specify HTTP fields must set protocol to TCP or empty';
  }
  if (action !== 'Allow') return 'http: only valid for Allow rules';
  return httpMatchProblem(http);
}

function httpMatchProblem({ methods, paths }: CalicoHttp): string | undefined {
  if (methods.length > maxHttpItems || paths.length > maxHttpItems) {
    return `http: must have at most ${maxHttpItems} methods and paths`;
  }
  if (new Set(methods).size !== methods.length) return 'http: invalid methods (duplicates)';
  for (const { exact, prefix } of paths) {
    if (exact !== '' && prefix !== '') return "http: both 'exact' and 'prefix' are set";
    const path = exact === '' ? prefix : exact;
    if (path === '') return "http: either 'exact' or 'prefix' must be set";
    if (!path.startsWith('/') || /[? #]/.test(path)) return `http: invalid path ${path}`;
    if (characterCount(path) > 1024) return 'http: a path may not be more than 1024 characters';
  }
  return undefined;
}

function servicePortsProblem({ services, ports, notPorts }: CalicoPeer): string | undefined {
  return services !== undefined && (ports.length > 0 || notPorts.length > 0)
    ? 'destination.ports: cannot specify ports with a service selector'
    : undefined;
}
