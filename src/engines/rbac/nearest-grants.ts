import type { RoleRule } from '../../cluster/stored/aggregated-rules.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { rbacObjects } from '../../cluster/stored/rbac-objects.ts';
import type { PolicyRule } from '../../model/kinds/rbac.ts';
import type { Reason } from '../verdict.ts';
import type { Action, Attributes } from './attributes.ts';
import { type AppliedGrant, grantsOf } from './grants.ts';
import { authenticatedGroups } from './membership.ts';
import { bindingReason, describeRule, ruleReason } from './reasons.ts';
import { ruleAllows } from './rule-allows.ts';

const MOST = 5;

/**
 * What comes nearest to allowing an action that is denied: grants of the user that hold in another namespace, rules of the user's grants of which one part
 * does not fit, then roles that would allow it and are not bound to the user. The nearest first, at most five.
 */
export function nearestGrants(cluster: Cluster, attributes: Attributes): readonly Reason[] {
  const groups = attributes.groups ?? authenticatedGroups(attributes.user);
  const grants = grantsOf(cluster);
  const { namespace = '' } = attributes;
  const own = [
    ...grants.everywhere.appliedTo(attributes.user, groups),
    ...(namespace === '' ? [] : grants.inNamespace(namespace).appliedTo(attributes.user, groups)),
  ];
  const found = [
    ...elsewhere(cluster, attributes, groups),
    ...own.flatMap(({ grant }) => grant.rules.flatMap((rule) => misfit(rule, attributes) ?? [])),
  ];
  return (found.length > 0 ? found : unbound(cluster, attributes)).slice(0, MOST);
}

function elsewhere(cluster: Cluster, attributes: Attributes, groups: readonly string[]): readonly Reason[] {
  const { namespace = '', nonResourceURL = '' } = attributes;
  if (nonResourceURL !== '') return [];
  const namespaces = new Set(rbacObjects(cluster).bindings.map((binding) => binding.namespace));
  return [...namespaces]
    .filter((each) => each !== '' && each !== namespace)
    .sort()
    .flatMap((each) =>
      grantsOf(cluster)
        .inNamespace(each)
        .appliedTo(attributes.user, groups)
        .filter(({ grant }) => grant.rules.some(({ rule }) => ruleAllows(rule, attributes)))
        .map((applied) => inOtherNamespace(applied, each)),
    );
}

function inOtherNamespace(applied: AppliedGrant, namespace: string): Reason {
  const reason = bindingReason(applied);
  return { ...reason, sentence: `${reason.sentence}, in namespace ${namespace} alone` };
}

/** A rule that allows the action but for one part of it; undefined where more does not fit. */
function misfit(granted: RoleRule, action: Action): Reason | undefined {
  const { rule } = granted;
  const { verb, apiGroup = '', resource = '', subresource = '', name = '', nonResourceURL = '' } = action;
  const parts: readonly (readonly [widened: PolicyRule, missing: string])[] =
    nonResourceURL === ''
      ? [
          [{ ...rule, resourceNames: [] }, name === '' ? 'it asks for no single name' : `not for the name ${name}`],
          [{ ...rule, verbs: ['*'] }, `not the verb ${verb}`],
          [{ ...rule, resources: ['*'] }, `not the resource ${resource}${subresource === '' ? '' : `/${subresource}`}`],
          [{ ...rule, apiGroups: ['*'] }, apiGroup === '' ? 'not the core API group' : `not the API group ${apiGroup}`],
        ]
      : [[{ ...rule, verbs: ['*'] }, `not the verb ${verb}`]];
  const near = parts.find(([widened]) => ruleAllows(widened, action));
  if (near === undefined) return undefined;
  return { ...ruleReason(granted), sentence: `${describeRule(rule)}, but ${near[1]}` };
}

function unbound(cluster: Cluster, action: Attributes): readonly Reason[] {
  const { namespace = '' } = action;
  return rbacObjects(cluster)
    .roles.filter((role) => role.namespace === '' || role.namespace === namespace)
    .filter(({ object }) => !('implicit' in object))
    .flatMap((role) => {
      const index = role.rules.findIndex((rule) => ruleAllows(rule, action));
      const rule = role.rules[index];
      if (rule === undefined) return [];
      const sentence = `${describeRule(rule)}, but no binding gives ${role.kind} ${role.name} to the user`;
      return [{ object: role.object, path: ['rules', index], sentence }];
    });
}
