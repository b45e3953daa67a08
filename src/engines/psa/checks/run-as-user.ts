import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, offendingContexts } from '../offenders.ts';
import { unlessUserNamespace } from '../relaxations.ts';

/** Nobody may ask for the user root. Mirrors policy/check_runAsUser.go, v0.37. */
export const runAsUser: Check = {
  id: 'runAsUser',
  level: 'restricted',
  versions: [
    { since: 23, checkPod: notRoot },
    { since: 35, checkPod: unlessUserNamespace(notRoot) },
  ],
};

function notRoot({ spec }: CheckedPod): Forbidden | undefined {
  const { names, fields } = offendingContexts(spec, (context) => offenceIf(context.runAsUser === 0, ['runAsUser'], 0));
  if (names.length === 0) return undefined;
  return { reason: 'runAsUser=0', detail: `${names.join(' and ')} must not set runAsUser=0`, fields };
}
