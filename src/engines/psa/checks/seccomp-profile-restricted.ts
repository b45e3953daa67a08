import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, offendingContainers } from '../offenders.ts';
import { unlessWindows } from '../relaxations.ts';
import { containerClause } from '../wording.ts';
import {
  forbiddenSeccomp,
  isAllowedSeccomp,
  seccompForbidden,
  seccompProfileBaseline,
} from './seccomp-profile-baseline.ts';

const overrides = [seccompProfileBaseline.id];

/** Every container must have a seccomp profile, its own or the pod's. Mirrors policy/check_seccompProfile_restricted.go, v0.37. */
export const seccompProfileRestricted: Check = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  versions: [
    { since: 19, checkPod: required, overrides },
    { since: 25, checkPod: unlessWindows(required), overrides },
  ],
};

function required(pod: CheckedPod): Forbidden | undefined {
  const forbidden = seccompForbidden(forbiddenSeccomp(pod));
  const { spec } = pod;
  if (forbidden !== undefined || isAllowedSeccomp(spec.securityContext?.seccompProfile?.type)) return forbidden;
  const { names, fields } = offendingContainers(spec, ({ securityContext }) =>
    offenceIf(securityContext?.seccompProfile === undefined, ['securityContext', 'seccompProfile', 'type'], undefined),
  );
  if (names.length === 0) return undefined;
  const wanted = 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  return { reason: 'seccompProfile', detail: `pod or ${containerClause(names)} ${wanted}`, fields };
}
