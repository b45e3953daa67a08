import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, offendingContexts } from '../offenders.ts';

/** Nothing may run as a process of a Windows host. Mirrors policy/check_windowsHostProcess.go, v0.37. */
export const windowsHostProcess: Check = {
  id: 'windowsHostProcess',
  level: 'baseline',
  versions: [{ since: 0, checkPod: noHostProcess }],
};

function noHostProcess({ spec }: CheckedPod): Forbidden | undefined {
  const { names, fields } = offendingContexts(spec, ({ windowsOptions }) =>
    offenceIf(windowsOptions?.hostProcess === true, ['windowsOptions', 'hostProcess'], true),
  );
  if (names.length === 0) return undefined;
  const detail = `${names.join(' and ')} must not set securityContext.windowsOptions.hostProcess=true`;
  return { reason: 'hostProcess', detail, fields };
}
