import type { Check, CheckedPod, Forbidden, ForbiddenField } from '../check.ts';
import { joinQuoted, plural } from '../wording.ts';

/** Volumes must not be directories of the host. Mirrors policy/check_hostPathVolumes.go, v0.37. */
export const hostPathVolumes: Check = {
  id: 'hostPathVolumes',
  level: 'baseline',
  versions: [{ since: 0, checkPod: noHostPaths }],
};

function noHostPaths({ spec }: CheckedPod): Forbidden | undefined {
  const names: string[] = [];
  const fields: ForbiddenField[] = [];
  for (const [index, { name = '', hostPath }] of (spec.volumes ?? []).entries()) {
    if (hostPath === undefined) continue;
    names.push(name);
    fields.push({ path: ['spec', 'volumes', index, 'hostPath'], value: { ...hostPath } });
  }
  if (names.length === 0) return undefined;
  return {
    reason: 'hostPath volumes',
    detail: `${plural(names.length, 'volume', 'volumes')} ${joinQuoted(names)}`,
    fields,
  };
}
