import type { Check, CheckedPod, Forbidden } from '../check.ts';

/** The host's network, process and IPC namespaces must not be shared. Mirrors policy/check_hostNamespaces.go, v0.37. */
export const hostNamespaces: Check = {
  id: 'hostNamespaces',
  level: 'baseline',
  versions: [{ since: 0, checkPod: ownNamespaces }],
};

function ownNamespaces({ spec }: CheckedPod): Forbidden | undefined {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field] === true);
  if (shared.length === 0) return undefined;
  return {
    reason: 'host namespaces',
    detail: shared.map((field) => `${field}=true`).join(', '),
    fields: shared.map((field) => ({ path: ['spec', field], value: true })),
  };
}
