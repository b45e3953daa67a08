import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { HostPortRange, PodSecurityPolicySpec } from '../../../model/kinds/pod-security-policy.ts';
import type { Container, EphemeralContainer } from '../../../model/kinds/container.ts';
import type { ContainerPlace } from './container-place.ts';
import { goInt, goString, invalid, type PolicyError } from './policy-error.ts';

const NAMESPACES = [
  ['hostNetwork', 'Host network is not allowed to be used'],
  ['hostPID', 'Host PID is not allowed to be used'],
  ['hostIPC', 'Host IPC is not allowed to be used'],
] as const;

/** Checks which of the host's namespaces a pod shares. Mirrors ValidatePod of pkg/security/podsecuritypolicy, v1.24. */
export function hostNamespaceErrors(policy: PodSecurityPolicySpec, spec: PodSpec): PolicyError[] {
  const errors: PolicyError[] = [];
  for (const [field, detail] of NAMESPACES) {
    if (spec[field] !== true || policy[field] === true) continue;
    const place = { podPath: ['spec', field], policyPath: ['spec', field] };
    errors.push(invalid(`spec.securityContext.${field}`, 'true', detail, place));
  }
  return errors;
}

/** Checks the host ports of a container. */
export function hostPortErrors(
  ranges: readonly HostPortRange[],
  container: Container | EphemeralContainer,
  { path, podPath }: ContainerPlace,
): PolicyError[] {
  if (container.ports === undefined) return [];
  const errors: PolicyError[] = [];
  for (const [index, { hostPort = 0 }] of container.ports.entries()) {
    if (hostPort <= 0 || ranges.some(({ min = 0, max = 0 }) => hostPort >= min && hostPort <= max)) continue;
    const place = { podPath: [...podPath, 'ports', index, 'hostPort'], policyPath: ['spec', 'hostPorts'] };
    const detail = `Host port ${goInt(hostPort)} is not allowed to be used. Allowed ports: [${printRanges(ranges)}]`;
    errors.push(invalid(`${path}.hostPort`, goInt(hostPort), detail, place));
  }
  return errors;
}

function printRanges(ranges: readonly HostPortRange[]): string {
  return ranges.map(({ min = 0, max = 0 }) => (min === max ? String(min) : `${min}-${max}`)).join(',');
}

/** Checks the runtime class of a pod; a policy that does not speak of it allows any, and no class is always allowed. */
export function runtimeClassErrors(policy: PodSecurityPolicySpec, spec: PodSpec): PolicyError[] {
  const { runtimeClassName: name } = spec;
  if (policy.runtimeClass === undefined || name === undefined) return [];
  const { allowedRuntimeClassNames: allowed = [] } = policy.runtimeClass;
  if (allowed.includes('*') || allowed.includes(name)) return [];
  const place = {
    podPath: ['spec', 'runtimeClassName'],
    policyPath: ['spec', 'runtimeClass', 'allowedRuntimeClassNames'],
  };
  return [invalid('spec.runtimeClassName', goString(name), '', place)];
}
