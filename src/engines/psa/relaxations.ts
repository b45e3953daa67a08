import type { CheckPod } from './check.ts';

/** The check, passed by every pod that says it is for Windows: what is checked does not exist there. */
export function unlessWindows(checkPod: CheckPod): CheckPod {
  return (pod) => (pod.spec.os?.name === 'windows' ? undefined : checkPod(pod));
}

/** The check, passed by every pod in a user namespace of its own (`hostUsers: false`): its root is nobody outside. */
export function unlessUserNamespace(checkPod: CheckPod): CheckPod {
  return (pod) => (pod.spec.hostUsers === false ? undefined : checkPod(pod));
}
