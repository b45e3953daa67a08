import { once } from '../../lang/once.ts';
import type { AggregationRule, PolicyRule, Subject } from '../../model/kinds/rbac.ts';
import { rowsForMinor } from '../../model/minor-ranges.ts';
import { type KubernetesVersion, nearestMinor } from '../../model/versions.ts';
import { BINDINGS, ROLES, RULES } from '../data/bootstrap-rbac.ts';
import type { ImplicitObject } from '../index/implicit-object.ts';
import { RBAC_GROUP, type StoredBinding, type StoredRole } from './stored-rbac.ts';

/** The roles and bindings that an API server creates for itself. */
export interface BootstrapRBAC {
  readonly roles: readonly StoredRole[];
  readonly bindings: readonly StoredBinding[];
}

const BOOTSTRAP_LABEL = 'kubernetes.io/bootstrapping';
const AGGREGATE_LABEL = `${RBAC_GROUP}/aggregate-to-`;

const known = new Map<number, BootstrapRBAC>();
const allRules = once((): readonly PolicyRule[] => RULES.split('\n').map(unpackRule));

/**
 * The roles and bindings that the API server of a version creates for itself, with its default feature gates; for a version older or
 * newer than all that are known, those of the nearest. Memoised. Mirrors plugin/pkg/auth/authorizer/rbac/bootstrappolicy.
 */
export function bootstrapRBAC({ minor }: KubernetesVersion): BootstrapRBAC {
  const nearest = nearestMinor(minor);
  let objects = known.get(nearest);
  if (objects === undefined) {
    objects = { roles: unpackRoles(nearest), bindings: unpackBindings(nearest) };
    known.set(nearest, objects);
  }
  return objects;
}

function unpackRoles(minor: number): StoredRole[] {
  const table = allRules();
  return rowsForMinor(ROLES, minor).map(
    ([kind = '', namespace = '', name = '', aggregatedTo = '', aggregates = '', rules = '']) => {
      const labels = new Map([[BOOTSTRAP_LABEL, 'rbac-defaults']]);
      if (aggregatedTo !== '') labels.set(AGGREGATE_LABEL + aggregatedTo, 'true');
      const role: StoredRole = {
        object: bootstrapObject(minor, kind, namespace, name),
        kind: kind === 'Role' ? 'Role' : 'ClusterRole',
        name,
        namespace,
        labels,
        rules: words(rules).flatMap((number) => table[Number.parseInt(number, 36)] ?? []),
      };
      return aggregates === '' ? role : { ...role, aggregationRule: aggregationRule(aggregates) };
    },
  );
}

function aggregationRule(name: string): AggregationRule {
  return { clusterRoleSelectors: [{ matchLabels: { [AGGREGATE_LABEL + name]: 'true' } }] };
}

function unpackRule(row: string): PolicyRule {
  const [verbs = '', groups = '', resources = '', resourceNames = '', urls = ''] = row.split('|');
  if (urls !== '') return { verbs: words(verbs), nonResourceURLs: words(urls) };
  const apiGroups = words(groups).map((group) => (group === 'core' ? '' : group));
  const rule: PolicyRule = { verbs: words(verbs), apiGroups, resources: words(resources) };
  return resourceNames === '' ? rule : { ...rule, resourceNames: words(resourceNames) };
}

function unpackBindings(minor: number): StoredBinding[] {
  return rowsForMinor(BINDINGS, minor).map(
    ([kind = '', namespace = '', name = '', roleKind = '', role = '', subjects = '']) => ({
      object: bootstrapObject(minor, kind, namespace, name),
      kind: kind === 'RoleBinding' ? 'RoleBinding' : 'ClusterRoleBinding',
      name,
      namespace,
      roleRef: { apiGroup: RBAC_GROUP, kind: roleKind, name: role },
      subjects: words(subjects).map(unpackSubject),
    }),
  );
}

function unpackSubject(text: string): Required<Subject> {
  const [kind, first = '', second = ''] = text.split(' ');
  if (kind === 'account') return { kind: 'ServiceAccount', apiGroup: '', name: second, namespace: first };
  return { kind: kind === 'user' ? 'User' : 'Group', apiGroup: RBAC_GROUP, name: first, namespace: '' };
}

function bootstrapObject(minor: number, kind: string, namespace: string, name: string): ImplicitObject {
  const origin = `bootstrap RBAC of Kubernetes 1.${minor}`;
  return { implicit: true, apiVersion: `${RBAC_GROUP}/v1`, kind, name, namespace, origin };
}

function words(list: string): string[] {
  return list === '' ? [] : list.split(',');
}
