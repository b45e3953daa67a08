import type { Provider } from '../compile-policy.ts';
import type { GroupRule } from '../strategies/groups.ts';
import { covers, intervals, type Interval } from '../strategies/intervals.ts';
import { type SELinuxRule, sameLevel } from '../strategies/selinux.ts';

/** Ids that the API lets a pod have. */
const ALL_IDS: readonly Interval[] = [[0, 2147483647]];
const NOT_ROOT: readonly Interval[] = [[1, 2147483647]];

/** Whether b permits every user or group that a permits. */
export function permitsIdentities(
  a: Provider,
  b: Provider,
  field: 'user' | 'group' | 'fsGroup' | 'supplementalGroups',
): boolean {
  if (field === 'user') return permitsUsers(a, b);
  const [from, to] = [a[field], b[field]];
  if (to.rule === 'RunAsAny') return true;
  // An empty list, written out, is refused where groups must be given; nobody fills it in.
  const emptyIsLost = field === 'supplementalGroups' && from.rule !== 'MustRunAs' && to.rule === 'MustRunAs';
  return !emptyIsLost && covers(groupIds(to), groupIds(from));
}

function groupIds(policy: GroupRule): readonly Interval[] {
  return policy.rule === 'RunAsAny' ? ALL_IDS : intervals(policy.ranges, ALL_IDS);
}

/** A user that is not given is always permitted: the policy gives one, or has the kubelet look. */
function permitsUsers({ user: a }: Provider, { user: b }: Provider): boolean {
  if (b.rule === 'RunAsAny') return true;
  // Only the rule against root minds `runAsNonRoot: false`.
  if (b.rule === 'MustRunAsNonRoot') return a.rule === 'MustRunAsNonRoot';
  const permitted = intervals(b.ranges, ALL_IDS);
  if (a.rule === 'RunAsAny') return covers(permitted, ALL_IDS);
  return covers(permitted, a.rule === 'MustRunAs' ? intervals(a.ranges, ALL_IDS) : NOT_ROOT);
}

/** Whether b permits every SELinux label that a permits: labels that are not given are filled in by either. */
export function permitsLabels(a: SELinuxRule, b: SELinuxRule): boolean {
  if (b.rule === 'RunAsAny') return true;
  if (a.rule === 'RunAsAny') return false;
  const same = (field: 'user' | 'role' | 'type'): boolean => (a.options[field] ?? '') === (b.options[field] ?? '');
  return same('user') && same('role') && same('type') && sameLevel(b.options.level ?? '', a.options.level ?? '');
}
