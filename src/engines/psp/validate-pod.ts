import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import type { Container, EphemeralContainer } from '../../model/kinds/container.ts';
import type { SecurityContext } from '../../model/kinds/security-context.ts';
import type { FieldPath } from '../../text/tree.ts';
import { appArmorErrors } from './strategies/app-armor.ts';
import { capabilityErrors } from './strategies/capabilities.ts';
import type { Provider } from './compile-policy.ts';
import { CONTAINER_LISTS, type ContainerPlace, containerPlace } from './strategies/container-place.ts';
import { groupErrors } from './strategies/groups.ts';
import { hostNamespaceErrors, hostPortErrors, runtimeClassErrors } from './strategies/host-access.ts';
import type { PolicyError } from './strategies/policy-error.ts';
import { escalationErrors, privilegeErrors } from './strategies/privileges.ts';
import { userErrors } from './strategies/run-as-user.ts';
import { containerSeccompErrors, podSeccompErrors } from './strategies/seccomp.ts';
import { seLinuxErrors } from './strategies/selinux.ts';
import { sysctlErrors } from './strategies/sysctls.ts';
import { volumeErrors } from './strategies/volumes.ts';

const NO_ANNOTATIONS: Readonly<Record<string, string>> = {};
const NO_CONTEXT: SecurityContext = {};
const CONTEXT = 'spec.securityContext';

/** Why a policy refuses a pod, in the server's order and words; empty when it does not. Mirrors ValidatePod of pkg/security/podsecuritypolicy, v1.24. */
export function validatePod(policy: Provider, pod: ServerPod): PolicyError[] {
  const { spec } = pod;
  const context = spec.securityContext ?? {};
  const annotations = pod.metadata.annotations ?? NO_ANNOTATIONS;
  const fsGroups = context.fsGroup === undefined ? undefined : [context.fsGroup];
  const errors = [
    ...groupErrors(policy.fsGroup, fsGroups, `${CONTEXT}.fsGroup`, podGroupPlace('fsGroup')),
    ...groupErrors(
      policy.supplementalGroups,
      context.supplementalGroups,
      `${CONTEXT}.supplementalGroups`,
      podGroupPlace('supplementalGroups'),
    ),
    ...podSeccompErrors(policy.seccomp, annotations, context),
    ...seLinuxErrors(policy.seLinux, context.seLinuxOptions, CONTEXT, ['spec', 'securityContext', 'seLinuxOptions']),
    ...hostNamespaceErrors(policy.spec, spec),
    ...sysctlErrors(policy.sysctls, context.sysctls ?? []),
    ...volumeErrors(policy.volumes, pod),
    ...runtimeClassErrors(policy.spec, spec),
  ];
  for (const list of CONTAINER_LISTS) {
    for (const [index, container] of (spec[list] ?? []).entries()) {
      errors.push(...validateContainer(policy, pod, container, containerPlace(list, index)));
    }
  }
  return errors;
}

function podGroupPlace(field: 'fsGroup' | 'supplementalGroups') {
  return { podPath: ['spec', 'securityContext', field], policyPath: ['spec', field, 'ranges'] };
}

function validateContainer(
  policy: Provider,
  pod: ServerPod,
  container: Container | EphemeralContainer,
  place: ContainerPlace,
): PolicyError[] {
  const { name = '', securityContext: context = NO_CONTEXT } = container;
  const podContext = pod.spec.securityContext;
  const annotations = pod.metadata.annotations ?? NO_ANNOTATIONS;
  const path = `${place.path}.securityContext`;
  /** What a container leaves out it has from its pod. */
  const pathOf = (field: 'runAsUser' | 'runAsGroup' | 'runAsNonRoot' | 'seLinuxOptions'): FieldPath =>
    context[field] === undefined && podContext?.[field] !== undefined
      ? ['spec', 'securityContext', field]
      : [...place.podPath, 'securityContext', field];
  const nonRoot = context.runAsNonRoot ?? podContext?.runAsNonRoot;
  const errors = userErrors(policy.user, nonRoot, context.runAsUser ?? podContext?.runAsUser, path, pathOf);
  if (policy.group.rule !== 'RunAsAny') {
    const group = context.runAsGroup ?? podContext?.runAsGroup;
    const groupPlace = { podPath: pathOf('runAsGroup'), policyPath: ['spec', 'runAsGroup', 'ranges'] };
    errors.push(...groupErrors(policy.group, group === undefined ? undefined : [group], path, groupPlace));
  }
  if (policy.seLinux.rule !== 'RunAsAny') {
    const options = context.seLinuxOptions ?? podContext?.seLinuxOptions;
    errors.push(...seLinuxErrors(policy.seLinux, options, path, pathOf('seLinuxOptions')));
  }
  const own = { name, context: container.securityContext };
  errors.push(
    ...appArmorErrors(policy.appArmor, annotations, name),
    ...containerSeccompErrors(policy.seccomp, annotations, podContext, own, place.podPath),
    ...privilegeErrors(policy.spec, context, place),
    ...capabilityErrors(policy.capabilities, context.capabilities, place),
    ...hostPortErrors(policy.spec.hostPorts ?? [], container, place),
    ...escalationErrors(policy.spec, context, place),
  );
  return errors;
}
