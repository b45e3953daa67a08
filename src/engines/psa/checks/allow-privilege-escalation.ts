import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, offendingContainers } from '../offenders.ts';
import { unlessWindows } from '../relaxations.ts';
import { containerClause } from '../wording.ts';

/** Every container must turn privilege escalation off. Mirrors policy/check_allowPrivilegeEscalation.go, v0.37. */
export const allowPrivilegeEscalation: Check = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  versions: [
    { since: 8, checkPod: mustBeFalse },
    { since: 25, checkPod: unlessWindows(mustBeFalse) },
  ],
};

function mustBeFalse({ spec }: CheckedPod): Forbidden | undefined {
  const { names, fields } = offendingContainers(spec, ({ securityContext }) => {
    const value = securityContext?.allowPrivilegeEscalation;
    return offenceIf(value !== false, ['securityContext', 'allowPrivilegeEscalation'], value);
  });
  if (names.length === 0) return undefined;
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${containerClause(names)} must set securityContext.allowPrivilegeEscalation=false`,
    fields,
  };
}
