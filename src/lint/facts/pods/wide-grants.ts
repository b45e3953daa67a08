import {
  afterAccountPrefix,
  MASTERS_GROUP,
  namespaceAccountsGroup,
  NODES_GROUP,
} from '../../../cluster/index/system-users.ts';
import { describeSubject } from '../../../engines/rbac/reasons.ts';
import type { Reason } from '../../../engines/verdict.ts';
import type { UseGrant } from '../../../engines/psp/use-grants.ts';

const SYSTEM_NAMESPACE = 'kube-system';

/** Groups that hold only what the system runs, or who may do everything anyway. */
const SYSTEM_GROUPS = new Set([
  MASTERS_GROUP,
  NODES_GROUP,
  namespaceAccountsGroup(SYSTEM_NAMESPACE),
  'system:kube-controller-manager',
]);

/** Who may do everything may use every policy, whatever it allows. */
function allowsEverything({ rule: { verbs = [], resources = [], apiGroups = [] } }: UseGrant['rule']): boolean {
  return [verbs, resources, apiGroups].every((each) => each.includes('*'));
}

/** The grants of one policy to whole groups, or to users, outside kube-system; the rest serve administrators, service accounts by name, or the system. */
export function wideGrants(grants: readonly UseGrant[]): readonly Reason[] {
  return grants.flatMap(({ grant: { binding }, rule, namespace }) => {
    if (namespace === SYSTEM_NAMESPACE || (namespace === '' && allowsEverything(rule))) return [];
    return binding.subjects.flatMap((subject, index): Reason[] => {
      const { kind, name } = subject;
      if (kind === 'ServiceAccount' || afterAccountPrefix(name) !== undefined || SYSTEM_GROUPS.has(name)) return [];
      const where = namespace === '' ? 'in every namespace' : `in namespace \`${namespace}\``;
      const sentence = `lets ${describeSubject(subject, binding.namespace)} use it ${where}`;
      return [{ object: binding.object, path: ['subjects', index], sentence }];
    });
  });
}
