import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';
import { forbiddenObject } from '../request/rejections.ts';
import { wholePod } from '../request/requested-pod.ts';

const POD_FIELDS = [
  ['supplementalGroups', 'SupplementalGroups'],
  ['seLinuxOptions', 'SELinuxOptions'],
  ['runAsUser', 'RunAsUser'],
  ['fsGroup', 'FSGroup'],
] as const;
const CONTAINER_FIELDS = [
  ['seLinuxOptions', 'SELinuxOptions'],
  ['runAsUser', 'RunAsUser'],
] as const;

/** The plugin SecurityContextDeny: pods may not choose users, groups or SELinux labels. Mirrors plugin/pkg/admission/securitycontext/scdeny, v1.24. */
export const securityContextDeny: AdmissionPlugin = {
  name: 'SecurityContextDeny',
  operations: ['CREATE', 'UPDATE'],
  validate: (_cluster, attributes) => {
    const pod = wholePod(attributes);
    const field = pod === undefined ? undefined : deniedField(pod);
    return field === undefined ? {} : { rejection: forbiddenObject(attributes, `${field} is forbidden`) };
  },
};

function deniedField({ spec }: ServerPod): string | undefined {
  for (const [field, shown] of POD_FIELDS) {
    if (spec.securityContext?.[field] !== undefined) return `pod.Spec.SecurityContext.${shown}`;
  }
  for (const { securityContext } of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    for (const [field, shown] of CONTAINER_FIELDS) {
      if (securityContext?.[field] !== undefined) return `SecurityContext.${shown}`;
    }
  }
  return undefined;
}
