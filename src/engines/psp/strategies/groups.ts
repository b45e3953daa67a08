import {
  goInt,
  goRanges,
  goSlice,
  type ErrorPlace,
  type IDRange,
  inRanges,
  invalid,
  type PolicyError,
} from './policy-error.ts';

/** What a policy demands of a group or a list of groups: fsGroup, supplementalGroups, runAsGroup. */
export type GroupRule =
  | { readonly rule: 'RunAsAny' }
  | { readonly rule: 'MayRunAs'; readonly ranges: readonly IDRange[] }
  | { readonly rule: 'MustRunAs'; readonly ranges: readonly IDRange[]; readonly first: number };

/** Reads one of the group strategies; a text says why no provider can be made of it. Mirrors pkg/security/podsecuritypolicy/group, v1.24. */
export function compileGroupRule(
  name: 'RunAsGroup' | 'FSGroup' | 'SupplementalGroups',
  options: { readonly rule?: string; readonly ranges?: readonly IDRange[] },
): GroupRule | string {
  const { rule = '', ranges = [] } = options;
  if (rule === 'RunAsAny') return { rule };
  if (rule !== 'MayRunAs' && rule !== 'MustRunAs') return `Unrecognized ${name} strategy type ${rule}`;
  const [first] = ranges;
  if (first === undefined) return `ranges must be supplied for ${rule}`;
  return rule === 'MayRunAs' ? { rule, ranges } : { rule, ranges, first: first.min ?? 0 };
}

/** Checks groups: one error for each group outside the ranges, each with the whole list; undefined is Go's nil slice. */
export function groupErrors(
  policy: GroupRule,
  groups: readonly number[] | undefined,
  path: string,
  place: ErrorPlace,
): PolicyError[] {
  if (policy.rule === 'RunAsAny') return [];
  if (groups === undefined || groups.length === 0) {
    if (policy.rule === 'MayRunAs') return [];
    const detail = 'unable to validate empty groups against required ranges';
    return [invalid(path, goSlice('int64', groups?.map(goInt)), detail, place)];
  }
  const outside = groups.filter((group) => !inRanges(group, policy.ranges));
  if (outside.length === 0) return [];
  const printed = goSlice('int64', groups.map(goInt));
  const ranges = goRanges(policy.ranges);
  return outside.map((group) =>
    invalid(path, printed, `group ${goInt(group)} must be in the ranges: ${ranges}`, place),
  );
}
