import { aggregatedRules, type RoleRule } from '../../cluster/stored/aggregated-rules.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { RBAC_GROUP } from '../../cluster/stored/stored-rbac.ts';
import { rbacObjects } from '../../cluster/stored/rbac-objects.ts';
import type { StoredBinding, StoredRole } from '../../cluster/stored/stored-rbac.ts';
import { compareBytes } from '../../lang/byte-order.ts';
import { goQuote } from '../../lang/go-quote.ts';
import { holderOf } from './membership.ts';

/** A binding with the role that it grants. A role that does not exist leaves `role` undefined, no rules, and the server's `error`. */
export interface Grant {
  readonly binding: StoredBinding;
  readonly role: StoredRole | undefined;
  readonly rules: readonly RoleRule[];
  readonly error: string;
}

/** A grant that applies to a user, through the first of its subjects that does. */
export interface AppliedGrant {
  readonly grant: Grant;
  /** Position among the binding's subjects. */
  readonly subject: number;
}

/** The grants of one namespace, or of the whole cluster, by name of the binding, and who gets them. */
export interface GrantScope {
  readonly grants: readonly Grant[];
  /** The grants that apply to a user, in the same order. */
  appliedTo(user: string, groups: readonly string[]): readonly AppliedGrant[];
}

/** All grants of a cluster. */
export interface Grants {
  /** Those of all bindings. */
  readonly all: readonly Grant[];
  /** Those of ClusterRoleBindings. */
  readonly everywhere: GrantScope;
  /** Those of the RoleBindings of a namespace. */
  inNamespace(namespace: string): GrantScope;
}

const NO_GRANTS: GrantScope = { grants: [], appliedTo: () => [] };
const known = new WeakMap<Cluster, Grants>();

/** The grants of a cluster, indexed by subject. Memoised per cluster: the first call costs time linear in roles and bindings. */
export function grantsOf(cluster: Cluster): Grants {
  let grants = known.get(cluster);
  if (grants === undefined) {
    grants = collectGrants(cluster);
    known.set(cluster, grants);
  }
  return grants;
}

function collectGrants(cluster: Cluster): Grants {
  const { roles, bindings } = rbacObjects(cluster);
  const resolve = roleResolver(roles);
  const clusterWide: Grant[] = [];
  const namespaces = new Map<string, Grant[]>();
  // The real listers have no order; by name is the order that the recorded answers were made in.
  for (const binding of bindings.toSorted((a, b) => compareBytes(a.name, b.name))) {
    const grant = resolve(binding);
    if (binding.kind === 'ClusterRoleBinding') clusterWide.push(grant);
    else {
      const list = namespaces.get(binding.namespace);
      if (list === undefined) namespaces.set(binding.namespace, [grant]);
      else list.push(grant);
    }
  }
  const scopes = new Map([...namespaces].map(([namespace, grants]) => [namespace, grantScope(grants)]));
  const all = [clusterWide, ...namespaces.values()].flat();
  return { all, everywhere: grantScope(clusterWide), inNamespace: (namespace) => scopes.get(namespace) ?? NO_GRANTS };
}

/** Mirrors pkg/registry/rbac/validation GetRoleReferenceRules, v1.24. */
function roleResolver(roles: readonly StoredRole[]): (binding: StoredBinding) => Grant {
  const clusterRoles = new Map<string, StoredRole>();
  const localRoles = new Map<string, StoredRole>();
  for (const role of roles) {
    if (role.kind === 'ClusterRole') clusterRoles.set(role.name, role);
    else localRoles.set(`${role.namespace}/${role.name}`, role);
  }
  const clusterRules = aggregatedRules(roles.filter((role) => role.kind === 'ClusterRole'));
  return (binding) => {
    const { kind, name } = binding.roleRef;
    const isClusterRole = kind === 'ClusterRole';
    const role = isClusterRole ? clusterRoles.get(name) : localRoles.get(`${binding.namespace}/${name}`);
    if (role === undefined) {
      const error = `${kind.toLowerCase()}.${RBAC_GROUP} ${goQuote(name)} not found`;
      return { binding, role, rules: [], error };
    }
    const rules = isClusterRole
      ? (clusterRules.get(role) ?? [])
      : role.rules.map((rule, index) => ({ rule, writtenIn: role, index }));
    return { binding, role, rules, error: '' };
  };
}

/** Where a subject stands: the position of the grant in its scope and of the subject in its binding. */
interface Seat {
  readonly position: number;
  readonly subject: number;
}

function grantScope(grants: readonly Grant[]): GrantScope {
  const users = new Map<string, Seat[]>();
  const groups = new Map<string, Seat[]>();
  for (const [position, { binding }] of grants.entries()) {
    for (const [subject, each] of binding.subjects.entries()) {
      const holder = holderOf(each, binding.namespace);
      if (holder !== undefined) addSeat(holder.kind === 'User' ? users : groups, holder.name, { position, subject });
    }
  }
  const remembered = new Map<string, { readonly groups: readonly string[]; readonly applied: AppliedGrant[] }[]>();
  const appliedTo = (user: string, inGroups: readonly string[]): AppliedGrant[] => {
    let answers = remembered.get(user);
    const answer = answers?.find((earlier) => sameList(earlier.groups, inGroups));
    if (answer !== undefined) return answer.applied;
    const seats = [...(users.get(user) ?? []), ...inGroups.flatMap((group) => groups.get(group) ?? [])];
    const applied = firstSeats(seats).flatMap(({ position, subject }) => {
      const grant = grants[position];
      return grant === undefined ? [] : [{ grant, subject }];
    });
    if (answers === undefined) remembered.set(user, (answers = []));
    answers.push({ groups: [...inGroups], applied });
    return applied;
  };
  return { grants, appliedTo };
}

function addSeat(index: Map<string, Seat[]>, name: string, seat: Seat): void {
  const seats = index.get(name);
  if (seats === undefined) index.set(name, [seat]);
  else seats.push(seat);
}

/** Of each grant the first seat, in order of the grants. */
function firstSeats(seats: Seat[]): Seat[] {
  seats.sort((a, b) => a.position - b.position || a.subject - b.subject);
  return seats.filter((seat, index) => index === 0 || seats[index - 1]?.position !== seat.position);
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
