import { cidrContains } from '../../../lang/cidr.ts';
import type { Cidr } from '../../../lang/cidr.ts';
import { portRangesContain } from '../../../lang/port-range.ts';
import { isNormal, selectTiers } from './evaluate-endpoint.ts';
import { isUnderHttpPrefix, normalizeHttpPath } from './http-path.ts';
import type { Network } from '../model/network.ts';
import type { Direction, HttpMatch, PeerMatch, Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint, Owner } from '../form/owner.ts';
import type { Packet, PacketEnd } from '../form/packet.ts';

/** The method and path of a request, as they stand in it. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
}

/**
 * What Dikastes, the sidecar that enforces `http` rules, answers to a request at one end. It is not the kernel: named ports never
 * match, and neither `ipVersion` nor the family of a rule's blocks counts. It is never told of staged policies. Mirrors app-policy/checker, v3.32.
 */
export function evaluateHttp(
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  packet: Packet,
  request: HttpRequest,
): 'allow' | 'deny' {
  for (const { tier, policies } of selectTiers(network, endpoint, direction, isEnforced)) {
    const rules = policies.flatMap((policy) => policy.rules[direction]);
    const action = firstAction(network, rules, packet, request);
    if (action === 'allow' || action === 'deny') return action;
    if (action === undefined && tier.defaultAction === 'Deny') return 'deny';
  }
  for (const profile of endpoint.profiles) {
    const rules = network.profiles.get(profile)?.rules[direction] ?? [];
    const action = firstAction(network, rules, packet, request);
    if (action !== undefined) return action === 'allow' ? 'allow' : 'deny';
  }
  return 'deny';
}

function isEnforced(policy: Policy): boolean {
  return isNormal(policy) && !policy.staged;
}

/** A rule that looks at a path which does not begin with `/` ends the check: the request is refused. */
function firstAction(
  network: Network,
  rules: readonly Rule[],
  packet: Packet,
  request: HttpRequest,
): 'allow' | 'deny' | 'pass' | undefined {
  for (const rule of rules) {
    if (!peersMatch(network, rule, packet)) continue;
    const matched = httpMatches(rule.http, request);
    if (matched === 'malformed') return 'deny';
    if (matched && protocolMatches(rule, packet.protocol) && rule.action !== 'log') return rule.action;
  }
  return undefined;
}

function protocolMatches(rule: Rule, protocol: number): boolean {
  return (rule.protocol === undefined || rule.protocol === protocol) && rule.notProtocol !== protocol;
}

function peersMatch(network: Network, rule: Rule, packet: Packet): boolean {
  return (
    peerMatches(network, rule.source, packet.source, packet) &&
    peerMatches(network, rule.destination, packet.destination, packet)
  );
}

function peerMatches(network: Network, match: PeerMatch, end: PacketEnd, packet: Packet): boolean {
  const { selector, notSelector } = match;
  const owners = end.owners.filter((owner) => isSeen(owner, end));
  const port = end.port ?? 0;
  if (match.nets !== undefined && !contains(match.nets, end)) return false;
  if (match.notNets !== undefined && contains(match.notNets, end)) return false;
  if (selector !== undefined && !owners.some((owner) => network.owners.isMatched(selector, owner))) return false;
  if (notSelector !== undefined && owners.some((owner) => network.owners.isMatched(notSelector, owner))) {
    return false;
  }
  if (match.ports !== undefined && !portRangesContain(match.ports.ranges, port)) return false;
  if (match.notPorts !== undefined && portRangesContain(match.notPorts.ranges, port)) return false;
  const { service } = match;
  if (service === undefined) return true;
  if (!service.ports) return network.services.has(service, end);
  return network.services
    .portsOf(service, end)
    .some((served) => served.protocol === packet.protocol && served.port === port);
}

/**
 * Dikastes keeps its address sets in a tree that ends in a table of single addresses: it never finds an address by a block that
 * is smaller than that table (/25 to /31, /121 to /127). Mirrors app-policy/policystore/ipset.go containsIP, v3.32.
 */
function isSeen(owner: Owner, { address }: PacketEnd): boolean {
  if (address === undefined) return true;
  const single = address.family === 4 ? 32 : 128;
  return owner.nets.some((net) => (net.bits === single || net.bits <= single - 8) && cidrContains(net, address));
}

function contains(nets: readonly Cidr[], { address }: PacketEnd): boolean {
  return address !== undefined && nets.some((net) => cidrContains(net, address));
}

function httpMatches(match: HttpMatch | undefined, request: HttpRequest): boolean | 'malformed' {
  if (match === undefined) return true;
  const { methods, paths } = match;
  if (methods.length > 0 && !methods.includes('*') && !methods.includes(request.method)) return false;
  if (paths.length === 0) return true;
  if (!request.path.startsWith('/')) return 'malformed';
  const path = normalizeHttpPath(request.path);
  if (path === undefined) return false;
  return paths.some((wanted) => {
    const normalized = normalizeHttpPath(wanted.path);
    if (normalized === undefined) return false;
    return wanted.kind === 'exact' ? path === normalized : isUnderHttpPrefix(path, normalized);
  });
}
