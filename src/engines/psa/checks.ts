import type { Check, VersionedCheck } from './check.ts';
import { allowPrivilegeEscalation } from './checks/allow-privilege-escalation.ts';
import { appArmorAnnotations, appArmorProfile } from './checks/app-armor-profile.ts';
import { capabilitiesBaseline } from './checks/capabilities-baseline.ts';
import { capabilitiesRestricted } from './checks/capabilities-restricted.ts';
import { hostNamespaces } from './checks/host-namespaces.ts';
import { hostPathVolumes } from './checks/host-path-volumes.ts';
import { hostPorts } from './checks/host-ports.ts';
import { hostProbesAndHostLifecycle } from './checks/host-probes-and-host-lifecycle.ts';
import { privileged } from './checks/privileged.ts';
import { procMount, procMountRestricted } from './checks/proc-mount.ts';
import { restrictedVolumes, restrictedVolumesWithoutImages } from './checks/restricted-volumes.ts';
import { runAsNonRoot } from './checks/run-as-non-root.ts';
import { runAsUser } from './checks/run-as-user.ts';
import { seLinuxOptions, seLinuxOptionsTypesFirst } from './checks/se-linux-options.ts';
import { seccompProfileBaseline } from './checks/seccomp-profile-baseline.ts';
import { seccompProfileRestricted } from './checks/seccomp-profile-restricted.ts';
import { sysctls } from './checks/sysctls.ts';
import { windowsHostProcess } from './checks/windows-host-process.ts';

/** Every check of the Pod Security Standards; their order here means nothing. Mirrors DefaultChecks of pod-security-admission, v0.37. */
export const CHECKS: readonly Check[] = [
  allowPrivilegeEscalation,
  appArmorProfile,
  capabilitiesBaseline,
  capabilitiesRestricted,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  privileged,
  procMount,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seLinuxOptions,
  seccompProfileBaseline,
  seccompProfileRestricted,
  sysctls,
  windowsHostProcess,
];

/** The checks as the code of a server of that minor has them. Mirrors DefaultChecks of pod-security-admission, v0.23 to v0.37. */
export function checksOfServer(minor: number): readonly Check[] {
  return CHECKS.flatMap((check) => {
    const { id, level, versions } = inWordsOf(check, minor);
    const known = versions.filter(({ since }) => since <= minor);
    return known.length === 0 ? [] : [{ id, level, versions: minor < 24 ? known.map(withoutOverrides) : known }];
  });
}

function inWordsOf(check: Check, minor: number): Check {
  if (check === appArmorProfile && minor < 30) return appArmorAnnotations;
  if (check === seLinuxOptions && minor < 26) return seLinuxOptionsTypesFirst;
  return check === restrictedVolumes && minor < 33 ? restrictedVolumesWithoutImages : check;
}

/** Before 1.24 restricted checks ran beside the baseline ones that they repeat. */
function withoutOverrides({ since, checkPod }: VersionedCheck): VersionedCheck {
  return { since, checkPod };
}
