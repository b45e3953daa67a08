import {
  afterAccountPrefix,
  MASTERS_GROUP,
  namespaceAccountsGroup,
  NODES_GROUP,
} from '../../../cluster/index/system-users.ts';
import { describeSubject } from '../../../engines/rbac/reasons.ts';
import type { Reason } from '../../../engines/verdict.ts';
import type { UseGrant } from '../../../engines/psp/use-grants.ts';

/** How far a policy reaches, in the shape that lies over a report about what it allows. */
export interface Reach {
  /** The grants to whole groups, or to users, outside the system's own namespace. */
  readonly because: readonly Reason[];
  /** Present where there are none: the policy serves named accounts, or the system, and was likely meant to allow what it allows. */
  readonly atMost?: 'info';
}

const SYSTEM_NAMESPACE = 'kube-system';

/** Groups that hold only what the system runs, or who may do everything anyway. */
const SYSTEM_GROUPS = new Set([
  MASTERS_GROUP,
  NODES_GROUP,
  namespaceAccountsGroup(SYSTEM_NAMESPACE),
  'system:kube-controller-manager',
]);

/** How far the grants of one policy reach. */
export function reachOf(grants: readonly UseGrant[]): Reach {
  const because = grants.flatMap(({ grant: { binding }, namespace }) => {
    if (namespace === SYSTEM_NAMESPACE) return [];
    return binding.subjects.flatMap((subject, index): Reason[] => {
      const { kind, name } = subject;
      if (kind === 'ServiceAccount' || afterAccountPrefix(name) !== undefined || SYSTEM_GROUPS.has(name)) return [];
      const where = namespace === '' ? 'everywhere' : `in the namespace \`${namespace}\``;
      const sentence = `lets ${describeSubject(subject, binding.namespace)} use it ${where}`;
      return [{ object: binding.object, path: ['subjects', index], sentence }];
    });
  });
  return because.length > 0 ? { because } : { because, atMost: 'info' };
}
