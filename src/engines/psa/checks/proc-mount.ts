import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, offendingContainers } from '../offenders.ts';
import { unlessUserNamespace } from '../relaxations.ts';
import { containerClause, joinQuoted, valueTexts } from '../wording.ts';

/** /proc must stay masked, but for pods in user namespaces since 1.35. Mirrors policy/check_procMount_baseline.go, v0.37. */
export const procMount: Check = {
  id: 'procMount',
  level: 'baseline',
  versions: [
    { since: 0, checkPod: masked },
    { since: 35, checkPod: unlessUserNamespace(masked) },
  ],
};

/** /proc must stay masked in every pod: what baseline asked before 1.35. Mirrors policy/check_procMount_restricted.go, v0.37. */
export const procMountRestricted: Check = {
  id: 'procMount_restricted',
  level: 'restricted',
  versions: [{ since: 35, checkPod: masked, overrides: [procMount.id] }],
};

function masked({ spec }: CheckedPod): Forbidden | undefined {
  const { names, fields } = offendingContainers(spec, ({ securityContext }) => {
    const value = securityContext?.procMount;
    return offenceIf(value !== undefined && value !== 'Default', ['securityContext', 'procMount'], value);
  });
  if (names.length === 0) return undefined;
  return {
    reason: 'procMount',
    detail: `${containerClause(names)} must not set securityContext.procMount to ${joinQuoted(valueTexts(fields))}`,
    fields,
  };
}
