import { compareBytes } from '../../../lang/byte-order.ts';
import type { PodSecurityPolicySpec } from '../../../model/kinds/pod-security-policy.ts';
import type { SELinuxOptions } from '../../../model/kinds/security-context.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { goString, invalid, type PolicyError, required } from './policy-error.ts';

/** What a policy demands of SELinux labels. */
export type SELinuxRule =
  { readonly rule: 'RunAsAny' } | { readonly rule: 'MustRunAs'; readonly options: SELinuxOptions };

/** Reads `spec.seLinux`; a text says why no provider can be made of it. Mirrors pkg/security/podsecuritypolicy/selinux, v1.24. */
export function compileSELinuxRule(strategy: PodSecurityPolicySpec['seLinux']): SELinuxRule | string {
  const { rule = '', seLinuxOptions: options } = strategy ?? {};
  if (rule === 'RunAsAny') return { rule };
  if (rule !== 'MustRunAs') return `Unrecognized SELinuxContext strategy type ${rule}`;
  return options === undefined ? 'MustRunAs requires SELinuxOptions' : { rule, options };
}

/**
 * Checks the SELinux options of a pod, or the effective ones of a container, in the security context that the server calls `path`;
 * `podPath` is where they stand in the pod.
 */
export function seLinuxErrors(
  policy: SELinuxRule,
  actual: SELinuxOptions | undefined,
  path: string,
  podPath: FieldPath,
): PolicyError[] {
  if (policy.rule === 'RunAsAny') return [];
  const { options } = policy;
  const policyPath = ['spec', 'seLinux', 'seLinuxOptions'];
  if (actual === undefined) return [required(`${path}.seLinuxOptions`, '', { podPath, policyPath })];
  const errors: PolicyError[] = [];
  for (const field of ['level', 'role', 'type', 'user'] as const) {
    const wanted = options[field] ?? '';
    const found = actual[field] ?? '';
    if (field === 'level' ? sameLevel(wanted, found) : wanted === found) continue;
    const place = { podPath: [...podPath, field], policyPath: [...policyPath, field] };
    errors.push(invalid(`${path}.seLinuxOptions.${field}`, goString(found), `must be ${wanted}`, place));
  }
  return errors;
}

/** Whether two SELinux levels are the same up to the order of their categories. */
export function sameLevel(left: string, right: string): boolean {
  if (left === right) return true;
  const leftColon = left.indexOf(':');
  const rightColon = right.indexOf(':');
  if (leftColon < 0 || rightColon < 0 || left.slice(0, leftColon) !== right.slice(0, rightColon)) return false;
  return sortedCategories(left.slice(leftColon + 1)) === sortedCategories(right.slice(rightColon + 1));
}

function sortedCategories(categories: string): string {
  return categories.split(',').sort(compareBytes).join(',');
}
