import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { withoutFields } from '../../cluster/index/without-fields.ts';
import { sameJson } from '../../cluster/stored/object-kinds/strategy.ts';
import { rbacObjects } from '../../cluster/stored/rbac-objects.ts';
import { pathSegmentErrors } from '../../cluster/validation/name-formats.ts';
import { RBAC_GROUP } from '../../cluster/stored/stored-rbac.ts';
import { list, record, text } from '../../model/json.ts';
import type { ClusterRole, PolicyRule } from '../../model/kinds/rbac.ts';
import type { JsonObject } from '../../model/object.ts';
import { goQuote } from '../../lang/go-quote.ts';
import { allows } from './authorize.ts';
import { compactRules, describeForServer, uncovered } from './rule-covers.ts';
import { rulesFor } from './rules-for.ts';

/** A role or binding that somebody writes; `old` is what is there before an update. */
export interface RBACWrite {
  readonly user: UserInfo;
  /** A decoded Role, ClusterRole, RoleBinding or ClusterRoleBinding. */
  readonly object: JsonObject;
  readonly old?: JsonObject;
  /** The namespace of the request; '' for kinds without one. */
  readonly namespace: string;
}

/** Why the server refuses to let somebody grant what a role or binding grants. */
export interface Escalation {
  readonly code: 400 | 403 | 404 | 500;
  readonly reason: string;
  readonly message: string;
}

const RESOURCES: Readonly<Record<string, string>> = {
  Role: 'roles',
  ClusterRole: 'clusterroles',
  RoleBinding: 'rolebindings',
  ClusterRoleBinding: 'clusterrolebindings',
};
/** From here on the server names the binding's kind where it means the role's. */
const FIRST_SLIP = 30;
const MASTERS = 'system:masters';
const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

/**
 * Whether somebody may write a role or binding: only who holds what it grants, or may `escalate` roles or `bind` the role. Undefined where it is let
 * through. Mirrors pkg/registry/rbac, escalation_check.go and the policybased storages, v1.24 and v1.37.
 */
export function escalation(cluster: Cluster, write: RBACWrite): Escalation | undefined {
  const { user, object, old } = write;
  const kind = text(object.kind);
  if (RESOURCES[kind] === undefined || user.groups.includes(MASTERS)) return undefined;
  const isBinding = kind.endsWith('Binding');
  if (!isBinding && mayEscalate(cluster, write)) return undefined;
  if (old !== undefined && onlyForCollector(object, old)) return undefined;
  return isBinding ? bindingEscalation(cluster, write) : roleEscalation(cluster, write);
}

/** The garbage collector changes owners and finalizers of what it could not grant. */
function onlyForCollector(object: JsonObject, old: JsonObject): boolean {
  const rest = (of: JsonObject): JsonObject => ({
    ...of,
    metadata: withoutFields(record(of.metadata), ['ownerReferences', 'finalizers', 'managedFields', 'selfLink']),
  });
  return sameJson(rest(object), rest(old));
}

function mayEscalate(cluster: Cluster, { user, object, old, namespace }: RBACWrite): boolean {
  // A creation has no name in its URL.
  const name = old === undefined ? '' : text(record(object.metadata).name);
  const resource = RESOURCES[text(object.kind)] ?? '';
  return allows(cluster, {
    user: user.name,
    groups: user.groups,
    verb: 'escalate',
    apiGroup: RBAC_GROUP,
    resource,
    name,
    namespace,
  });
}

function roleEscalation(cluster: Cluster, write: RBACWrite): Escalation | undefined {
  const { object, old } = write;
  const { rules = [] }: ClusterRole = object;
  const missing = notHeld(cluster, write, rules);
  if (missing !== undefined) return forbidden(object, missing);
  const isAggregated = (role: JsonObject | undefined): boolean =>
    role?.kind === 'ClusterRole' && list(record(role.aggregationRule).clusterRoleSelectors).length > 0;
  if (!isAggregated(object) && !isAggregated(old)) return undefined;
  if (notHeld(cluster, write, EVERYTHING) === undefined) return undefined;
  return forbidden(object, 'must have cluster-admin privileges to use the aggregationRule');
}

function bindingEscalation(cluster: Cluster, write: RBACWrite): Escalation | undefined {
  const { user, object, namespace } = write;
  const { apiGroup, kind, name } = record(object.roleRef);
  const resource = kind === 'ClusterRole' ? 'clusterroles' : kind === 'Role' ? 'roles' : undefined;
  if (resource === undefined)
    return { code: 500, reason: '', message: `unsupported role reference kind: ${goQuote(text(kind))}` };
  const action = { verb: 'bind', apiGroup: text(apiGroup), resource, name: text(name), namespace };
  if (allows(cluster, { user: user.name, groups: user.groups, ...action })) return undefined;
  // The role is looked up by a name that can stand in a URL.
  if (text(name) === '') return { code: 400, reason: 'BadRequest', message: 'Name parameter required.' };
  const unfit = pathSegmentErrors(text(name));
  if (unfit.length > 0) {
    const message = `Name parameter invalid: ${goQuote(text(name))}: ${unfit.join(';')}`;
    return { code: 400, reason: 'BadRequest', message };
  }
  const ofRole = kind === 'Role' ? namespace : '';
  const role = rbacObjects(cluster).roles.find(
    (each) => each.kind === kind && each.name === text(name) && each.namespace === ofRole,
  );
  if (role === undefined) {
    const missing = cluster.version.value.minor >= FIRST_SLIP ? (RESOURCES[text(object.kind)] ?? '') : resource;
    return { code: 404, reason: 'NotFound', message: `${missing}.${RBAC_GROUP} ${goQuote(text(name))} not found` };
  }
  const missing = notHeld(cluster, write, role.rules);
  return missing === undefined ? undefined : forbidden(object, missing);
}

/** What of these rules somebody does not hold, in the server's words. Mirrors ConfirmNoEscalation. */
function notHeld(cluster: Cluster, { user, namespace }: RBACWrite, rules: readonly PolicyRule[]): string | undefined {
  const held = rulesFor(cluster, user, namespace);
  const missing = uncovered(
    held.rules.map(({ rule }) => rule),
    rules,
  );
  if (missing.length === 0) return undefined;
  const described = [...new Set(compactRules(missing).map(describeForServer))].sort();
  const groups = user.groups.map(goQuote).join(' ');
  // The registry names what is missing by its resource, the listers of the authorizer by their kind.
  const missed = held.error.replaceAll(/role(?=\.rbac\.)/g, 'roles');
  const errors = missed === '' ? '' : `; resolution errors: [${missed}]`;
  return `user ${goQuote(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${described.join('\n')}${errors}`;
}

function forbidden(object: JsonObject, why: string): Escalation {
  const named = `${RESOURCES[text(object.kind)] ?? ''}.${RBAC_GROUP} ${goQuote(text(record(object.metadata).name))}`;
  return { code: 403, reason: 'Forbidden', message: `${named} is forbidden: ${why}` };
}
