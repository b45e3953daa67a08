import type { PodSecurityPolicySpec } from '../../model/kinds/pod-security-policy.ts';

/** Capabilities that alone are enough to leave a container. */
const ESCAPES = ['*', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO'];

/**
 * What a policy allows that gives a container full control of its node, as phrases; empty where it allows nothing of the sort. A policy is
 * lax in itself when this is not empty, whatever others there are.
 */
export function takeoverOf(spec: PodSecurityPolicySpec): readonly string[] {
  const { allowedCapabilities = [], volumes = [], allowedHostPaths = [] } = spec;
  const ways: string[] = [];
  if (spec.privileged === true) ways.push('privileged containers');
  const capability = allowedCapabilities.find((name) => ESCAPES.includes(name));
  if (capability !== undefined) ways.push(capability === '*' ? 'every capability' : `the capability ${capability}`);
  const hostPaths = volumes.includes('hostPath') || volumes.includes('*');
  const whole =
    allowedHostPaths.length === 0 ||
    allowedHostPaths.some(({ pathPrefix, readOnly }) => pathPrefix === '/' && readOnly !== true);
  if (hostPaths && whole) ways.push('writable host paths without restriction');
  return ways;
}
