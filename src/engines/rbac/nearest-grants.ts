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
 * does not fit, then declared roles that allow it and are not bound to the user. The nearest first, at most five.
 */
export function nearestGrants(cluster: Cluster, attributes: Attributes): readonly Reason[] {
  const groups = attributes.groups ?? authenticatedGroups(attributes.user);
  const grants = grantsOf(cluster);
  const { namespace = '' } = attributes;
  const own = [
    ...grants.everywhere.appliedTo(attributes.user, groups),
    ...(namespace === '' ? [] : grants.inNamespace(namespace).appliedTo(attributes.user, groups)),
  ];
  const misfits = own.flatMap(({ grant }) => grant.rules.flatMap((rule) => misfit(rule, attributes) ?? []));
  const near = misfits.sort((a, b) => a.rank - b.rank).map(({ reason }) => reason);
  return [...elsewhere(cluster, attributes, groups), ...near, ...unbound(cluster, attributes)].slice(0, MOST);
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

/** A rule that allows the action but for one part of it, and which part that is, the smallest first; undefined where more does not fit. */
function misfit(granted: RoleRule, action: Action): { readonly rank: number; readonly reason: Reason } | undefined {
  const { rule } = granted;
  const { verb, apiGroup = '', resource = '', subresource = '', name = '', nonResourceURL = '' } = action;
  const asked = subresource === '' ? resource : `${resource}/${subresource}`;
  const parts: readonly (readonly [widened: PolicyRule, missing: string])[] =
    nonResourceURL === ''
      ? [
          [{ ...rule, resourceNames: [] }, name === '' ? 'only for those names' : `not for the name ${name}`],
          [{ ...rule, verbs: ['*'] }, `not the verb ${verb}`],
          [{ ...rule, apiGroups: ['*'] }, apiGroup === '' ? 'not the core API group' : `not the API group ${apiGroup}`],
          [{ ...rule, resources: meant(rule.resources ?? [], asked) }, `not the resource ${asked}`],
        ]
      : [[{ ...rule, verbs: ['*'] }, `not the verb ${verb}`]];
  const rank = parts.findIndex(([widened]) => ruleAllows(widened, action));
  const missing = parts[rank]?.[1];
  if (missing === undefined) return undefined;
  return { rank, reason: { ...ruleReason(granted), sentence: `${describeRule(rule)}, but ${missing}` } };
}

/** The resource itself where a rule names it in another form: as a kind, in the singular, with or without a subresource. */
function meant(resources: readonly string[], asked: string): readonly string[] {
  const stem = (text: string): string => (text.split('/')[0] ?? '').toLowerCase().replace(/(?:es|s)$/, '');
  return resources.some((each) => stem(each) === stem(asked)) ? [asked] : [];
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
