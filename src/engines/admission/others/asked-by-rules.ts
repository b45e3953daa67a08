import type { Cluster } from '../../../cluster/index/cluster.ts';
import { both, type Truth } from '../../../lang/truth.ts';
import {
  matchResourcesOf,
  type MatchResources,
  type NamedExpression,
  namedExpressions,
} from '../../../model/kinds/admission-policy.ts';
import type { JsonObject } from '../../../model/object.ts';
import { policyDoor } from '../validating/policy-door.ts';
import { matchesNamespaceLabels } from './match-labels.ts';
import type { OtherDecider, OtherRequest } from './other-decider.ts';

/** What webhooks, and what is written like them, look at. */
export interface WebhookMatch {
  readonly resources: MatchResources;
  /** All must hold. */
  readonly conditions: readonly NamedExpression[];
}

/** Reads rules, selectors and conditions; `conditions` is what stands for them where that is not the entry itself. */
export function webhookMatch(entry: JsonObject, conditions = entry.matchConditions): WebhookMatch {
  return { resources: matchResourcesOf(entry), conditions: namedExpressions(conditions, 'name', 'expression') };
}

/** Asks whether rules, selectors and conditions take a request. Mirrors the apiserver's admission/plugin/webhook/generic and predicates. */
export function askedByRules(cluster: Cluster, { resources, conditions }: WebhookMatch): OtherDecider['takes'] {
  return (request: OtherRequest): Truth => {
    // What registers webhooks is sent to none.
    if (request.resource.group === 'admissionregistration.k8s.io') return false;
    const byNamespace = matchesNamespaceLabels(resources.namespaceSelector, request.inNamespace);
    if (byNamespace === false || !policyDoor.matchesResources(cluster, resources, request)) return false;
    if (conditions.length === 0) return byNamespace;
    return both(byNamespace, policyDoor.meetsConditions(cluster, conditions, request));
  };
}
