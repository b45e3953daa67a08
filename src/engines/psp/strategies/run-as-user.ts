import type { PodSecurityPolicySpec } from '../../../model/kinds/pod-security-policy.ts';
import { goInt, goRanges, type IDRange, inRanges, invalid, type PolicyError, required } from './policy-error.ts';
import type { FieldPath } from '../../../text/tree.ts';

/** What a policy demands of the user of a container. */
export type UserRule =
  | { readonly rule: 'RunAsAny' }
  | { readonly rule: 'MustRunAsNonRoot' }
  | { readonly rule: 'MustRunAs'; readonly ranges: readonly IDRange[]; readonly first: number };

/** Reads `spec.runAsUser`; a text says why no provider can be made of it. Mirrors pkg/security/podsecuritypolicy/user, v1.24. */
export function compileUserRule(options: PodSecurityPolicySpec['runAsUser']): UserRule | string {
  const { rule = '', ranges = [] } = options ?? {};
  if (rule === 'RunAsAny' || rule === 'MustRunAsNonRoot') return { rule };
  if (rule !== 'MustRunAs') return `Unrecognized RunAsUser strategy type ${rule}`;
  const [first] = ranges;
  if (first === undefined) return 'MustRunAs requires at least one range';
  return { rule, ranges, first: first.min ?? 0 };
}

/**
 * Checks the effective user of a container, whose security context is at `context` for the server; `pathOf` says where in the pod a
 * setting stands that may be the pod's own.
 */
export function userErrors(
  policy: UserRule,
  runAsNonRoot: boolean | undefined,
  runAsUser: number | undefined,
  context: string,
  pathOf: (field: 'runAsUser' | 'runAsNonRoot') => FieldPath,
): PolicyError[] {
  if (policy.rule === 'RunAsAny') return [];
  const place = (field: 'runAsUser' | 'runAsNonRoot') => ({
    podPath: pathOf(field),
    policyPath: ['spec', 'runAsUser', policy.rule === 'MustRunAs' ? 'ranges' : 'rule'],
  });
  if (policy.rule === 'MustRunAs') {
    if (runAsUser === undefined) return [required(`${context}.runAsUser`, '', place('runAsUser'))];
    if (inRanges(runAsUser, policy.ranges)) return [];
    const detail = `must be in the ranges: ${goRanges(policy.ranges)}`;
    return [invalid(`${context}.runAsUser`, goInt(runAsUser), detail, place('runAsUser'))];
  }
  if (runAsNonRoot === undefined && runAsUser === undefined) {
    return [required(`${context}.runAsNonRoot`, 'must be true', place('runAsNonRoot'))];
  }
  if (runAsNonRoot === false) {
    return [invalid(`${context}.runAsNonRoot`, 'false', 'must be true', place('runAsNonRoot'))];
  }
  if (runAsUser !== 0) return [];
  return [invalid(`${context}.runAsUser`, '0', 'running with the root UID is forbidden', place('runAsUser'))];
}
