import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import type { StoredAccount } from '../../../cluster/stored/stored-service-account.ts';
import type { Container, EphemeralContainer } from '../../../model/kinds/container.ts';

/**
 * The first secret of a new pod that its account does not let it use, as the server complains of it; '' when there is none. Looks at
 * secret volumes, at variables from secrets and at pull secrets, not at envFrom or projected volumes. Mirrors limitSecretReferences, v1.24.
 */
export function secretError(account: StoredAccount, { spec }: ServerPod): string {
  const mine = `because service account ${account.name} does not reference that`;
  for (const { secret } of spec.volumes ?? []) {
    if (secret === undefined || account.secrets.includes(secret.secretName ?? '')) continue;
    return `volume with secret.secretName="${secret.secretName ?? ''}" is not allowed ${mine} secret`;
  }
  const found =
    variableError('init container', spec.initContainers, account) ||
    variableError('container', spec.containers, account);
  if (found !== '') return found;
  for (const [index, { name = '' }] of (spec.imagePullSecrets ?? []).entries()) {
    if (account.imagePullSecrets.includes(name)) continue;
    return `imagePullSecrets[${index}].name="${name}" is not allowed ${mine} imagePullSecret`;
  }
  return '';
}

/** The same of ephemeral containers, whose variables alone are looked at. Mirrors limitEphemeralContainerSecretReferences, v1.24.17. */
export function ephemeralSecretError(account: StoredAccount, { spec }: ServerPod): string {
  return variableError('ephemeral container', spec.ephemeralContainers, account);
}

function variableError(
  what: string,
  containers: readonly (Container | EphemeralContainer)[] = [],
  { name: accountName, secrets }: StoredAccount,
): string {
  for (const { name = '', env = [] } of containers) {
    for (const variable of env) {
      const reference = variable.valueFrom?.secretKeyRef;
      if (reference === undefined || secrets.includes(reference.name ?? '')) continue;
      const which = `${what} ${name} with envVar ${variable.name ?? ''} referencing secret.secretName="${reference.name ?? ''}"`;
      return `${which} is not allowed because service account ${accountName} does not reference that secret`;
    }
  }
  return '';
}
