import { endCriteria, ruleCriteria } from '../criteria/criteria.ts';
import type { HttpRequest } from '../criteria/criterion.ts';
import type { Direction, Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet } from '../form/packet.ts';
import type { Network } from '../model/network.ts';
import { isNormal, selectTiers } from './evaluate-endpoint.ts';

export type { HttpRequest } from '../criteria/criterion.ts';

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
    const matched = requestMatches(network, rule, packet, request);
    if (matched === 'malformed') return 'deny';
    if (matched && rule.action !== 'log') return rule.action;
  }
  return undefined;
}

/** Whether Dikastes takes a rule as matched; it looks at ends first, and does not look further into a malformed path. */
function requestMatches(network: Network, rule: Rule, packet: Packet, request: HttpRequest): boolean | 'malformed' {
  const { source, destination } = packet;
  const isBetween =
    endCriteria(rule.source).every((criterion) => criterion.matchesRequest(source, packet, network)) &&
    endCriteria(rule.destination).every((criterion) => criterion.matchesRequest(destination, packet, network));
  if (!isBetween) return false;
  const answers = ruleCriteria(rule).map((criterion) => criterion.matchesRequest(request, packet));
  return answers.includes('malformed') ? 'malformed' : answers.every((answer) => answer === true);
}
