import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, offendingContainers, offendingContexts } from '../offenders.ts';
import { unlessUserNamespace } from '../relaxations.ts';
import { containerClause } from '../wording.ts';

/** Containers must be required to run as another user than root. Mirrors policy/check_runAsNonRoot.go, v0.37. */
export const runAsNonRoot: Check = {
  id: 'runAsNonRoot',
  level: 'restricted',
  versions: [
    { since: 0, checkPod: required },
    { since: 35, checkPod: unlessUserNamespace(required) },
  ],
};

const reason = 'runAsNonRoot != true';

function required({ spec }: CheckedPod): Forbidden | undefined {
  const declining = offendingContexts(spec, (context) =>
    offenceIf(context.runAsNonRoot === false, ['runAsNonRoot'], false),
  );
  if (declining.names.length > 0) {
    const detail = `${declining.names.join(' and ')} must not set securityContext.runAsNonRoot=false`;
    return { reason, detail, fields: declining.fields };
  }
  if (spec.securityContext?.runAsNonRoot === true) return undefined;
  const silent = offendingContainers(spec, ({ securityContext }) =>
    offenceIf(securityContext?.runAsNonRoot === undefined, ['securityContext', 'runAsNonRoot'], undefined),
  );
  if (silent.names.length === 0) return undefined;
  const detail = `pod or ${containerClause(silent.names)} must set securityContext.runAsNonRoot=true`;
  return { reason, detail, fields: silent.fields };
}
