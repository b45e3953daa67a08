import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import { SECCOMP_POD } from '../../cluster/index/pod-profiles.ts';
import type { Container, EphemeralContainer } from '../../model/kinds/container.ts';
import type { PodSecurityContext, SecurityContext } from '../../model/kinds/security-context.ts';
import { generatedAppArmor } from './strategies/app-armor.ts';
import { generatedCapabilities } from './strategies/capabilities.ts';
import type { Provider } from './compile-policy.ts';
import { CONTAINER_LISTS } from './strategies/container-place.ts';
import { generatedSeccomp } from './strategies/seccomp.ts';

type Annotations = Readonly<Record<string, string>>;

/**
 * The pod with everything filled in that the policy has a value for and the pod leaves open. The very same pod when that is nothing;
 * else a new one that shares what did not change. Mirrors MutatePod and mutateContainer of pkg/security/podsecuritypolicy, v1.24.
 */
export function mutatePod(policy: Provider, pod: ServerPod): ServerPod {
  let { metadata, spec } = pod;
  let annotations: Annotations = metadata.annotations ?? NO_ANNOTATIONS;
  const profile = generatedSeccomp(policy.seccomp, annotations, spec.securityContext);
  if (profile !== '' && annotations[SECCOMP_POD] !== profile) annotations = { ...annotations, [SECCOMP_POD]: profile };

  const securityContext = mutatePodContext(policy, spec.securityContext);
  if (securityContext !== undefined && securityContext !== spec.securityContext) spec = { ...spec, securityContext };
  const runtimeClass = policy.spec.runtimeClass?.defaultRuntimeClassName;
  if (runtimeClass !== undefined && spec.runtimeClassName === undefined) {
    spec = { ...spec, runtimeClassName: runtimeClass };
  }

  for (const list of CONTAINER_LISTS) {
    const containers = spec[list];
    if (containers === undefined) continue;
    for (const { name = '' } of containers) {
      const added = generatedAppArmor(policy.appArmor, annotations, name);
      if (added !== undefined) annotations = { ...annotations, [added[0]]: added[1] };
    }
    const mutated = mutateContainers(policy, containers, securityContext);
    if (mutated !== containers) spec = { ...spec, [list]: mutated };
  }
  if (annotations !== (metadata.annotations ?? NO_ANNOTATIONS)) metadata = { ...metadata, annotations };
  return metadata === pod.metadata && spec === pod.spec ? pod : { ...pod, metadata, spec };
}

const NO_ANNOTATIONS: Annotations = {};

function mutatePodContext(policy: Provider, written: PodSecurityContext | undefined): PodSecurityContext | undefined {
  const { supplementalGroups, fsGroup, seLinux } = policy;
  let context = written;
  // An empty list that was written is left alone.
  if (supplementalGroups.rule === 'MustRunAs' && context?.supplementalGroups === undefined) {
    context = { ...context, supplementalGroups: [supplementalGroups.first] };
  }
  if (fsGroup.rule === 'MustRunAs' && context?.fsGroup === undefined) context = { ...context, fsGroup: fsGroup.first };
  if (seLinux.rule === 'MustRunAs' && context?.seLinuxOptions === undefined) {
    context = { ...context, seLinuxOptions: seLinux.options };
  }
  return context;
}

function mutateContainers<C extends Container | EphemeralContainer>(
  policy: Provider,
  containers: readonly C[],
  podContext: PodSecurityContext | undefined,
): readonly C[] {
  let mutated: C[] | undefined;
  for (const [index, container] of containers.entries()) {
    const securityContext = mutateContext(policy, container.securityContext, podContext);
    if (securityContext === undefined || securityContext === container.securityContext) continue;
    mutated ??= [...containers];
    mutated[index] = { ...container, securityContext };
  }
  return mutated ?? containers;
}

function mutateContext(
  policy: Provider,
  written: SecurityContext | undefined,
  podContext: PodSecurityContext | undefined,
): SecurityContext | undefined {
  const { user, group, seLinux, spec } = policy;
  let context = written;
  const runAsUser = context?.runAsUser ?? podContext?.runAsUser;
  if (user.rule === 'MustRunAs' && runAsUser === undefined) context = { ...context, runAsUser: user.first };
  if (group.rule === 'MustRunAs' && (context?.runAsGroup ?? podContext?.runAsGroup) === undefined) {
    context = { ...context, runAsGroup: group.first };
  }
  if (seLinux.rule === 'MustRunAs' && (context?.seLinuxOptions ?? podContext?.seLinuxOptions) === undefined) {
    context = { ...context, seLinuxOptions: seLinux.options };
  }
  // The kubelet then checks the user of the image.
  if (user.rule === 'MustRunAsNonRoot' && runAsUser === undefined) {
    if ((context?.runAsNonRoot ?? podContext?.runAsNonRoot) === undefined) context = { ...context, runAsNonRoot: true };
  }
  const capabilities = generatedCapabilities(policy.capabilities, context?.capabilities);
  if (capabilities !== undefined && capabilities !== context?.capabilities) context = { ...context, capabilities };
  if (spec.readOnlyRootFilesystem === true && context?.readOnlyRootFilesystem === undefined) {
    context = { ...context, readOnlyRootFilesystem: true };
  }
  if (context?.allowPrivilegeEscalation === undefined) {
    const escalation = spec.defaultAllowPrivilegeEscalation ?? (spec.allowPrivilegeEscalation ? undefined : false);
    if (escalation !== undefined) context = { ...context, allowPrivilegeEscalation: escalation };
  }
  return context;
}
