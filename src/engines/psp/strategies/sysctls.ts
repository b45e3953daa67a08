import type { PodSecurityPolicySpec } from '../../../model/kinds/pod-security-policy.ts';
import type { Sysctl } from '../../../model/kinds/security-context.ts';
import { forbidden, goString, type PolicyError } from './policy-error.ts';

/** What a policy says about sysctls: the forbidden ones count first, then the safe ones, then the allowed unsafe ones. */
export interface SysctlRule {
  readonly forbidden: readonly string[];
  readonly safe: ReadonlySet<string>;
  readonly allowedUnsafe: readonly string[];
}

/** Sysctls that are namespaced and isolated, with the minor that took them to be safe. */
const SAFE: readonly (readonly [string, number])[] = [
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 18],
  ['net.ipv4.ip_unprivileged_port_start', 22],
];

/** The sysctls that need no policy's leave in a Kubernetes minor. */
export function safeSysctls(minor: number): ReadonlySet<string> {
  return new Set(SAFE.filter(([, since]) => since <= minor).map(([name]) => name));
}

/** Reads the sysctl fields of a policy. Mirrors pkg/security/podsecuritypolicy/sysctl, v1.24. */
export function compileSysctlRule(spec: PodSecurityPolicySpec, minor: number): SysctlRule {
  const { forbiddenSysctls = [], allowedUnsafeSysctls = [] } = spec;
  return { forbidden: forbiddenSysctls, safe: safeSysctls(minor), allowedUnsafe: allowedUnsafeSysctls };
}

/** Whether a pattern is a name, or all names that begin with what stands before its final `*`. */
export function sysctlMatches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** Checks the sysctls of a pod. */
export function sysctlErrors(rule: SysctlRule, sysctls: readonly Sysctl[]): PolicyError[] {
  const errors: PolicyError[] = [];
  for (const [index, { name = '' }] of sysctls.entries()) {
    const path = `pod.spec.securityContext.sysctls[${index}]`;
    const podPath = ['spec', 'securityContext', 'sysctls', index, 'name'];
    const pattern = rule.forbidden.findIndex((candidate) => sysctlMatches(candidate, name));
    if (pattern >= 0) {
      const place = { podPath, policyPath: ['spec', 'forbiddenSysctls', pattern] };
      errors.push(forbidden(path, `sysctl ${goString(name)} is not allowed`, place));
    } else if (!rule.safe.has(name) && !rule.allowedUnsafe.some((candidate) => sysctlMatches(candidate, name))) {
      const place = { podPath, policyPath: ['spec', 'allowedUnsafeSysctls'] };
      errors.push(forbidden(path, `unsafe sysctl ${goString(name)} is not allowed`, place));
    }
  }
  return errors;
}
