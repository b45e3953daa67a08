import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, offendingContainers } from '../offenders.ts';
import { containerClause } from '../wording.ts';

/** Containers must not be privileged. Mirrors policy/check_privileged.go, v0.37. */
export const privileged: Check = {
  id: 'privileged',
  level: 'baseline',
  versions: [{ since: 0, checkPod: notPrivileged }],
};

function notPrivileged({ spec }: CheckedPod): Forbidden | undefined {
  const { names, fields } = offendingContainers(spec, ({ securityContext }) =>
    offenceIf(securityContext?.privileged === true, ['securityContext', 'privileged'], true),
  );
  if (names.length === 0) return undefined;
  return {
    reason: 'privileged',
    detail: `${containerClause(names)} must not set securityContext.privileged=true`,
    fields,
  };
}
