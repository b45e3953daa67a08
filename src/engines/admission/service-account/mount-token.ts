import type { Container } from '../../../model/kinds/container.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { Volume } from '../../../model/kinds/volume.ts';

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const VOLUME_PREFIX = 'kube-api-access-';

/**
 * Gives every container and init container a mount of the account's token, unless something is mounted there already, and the pod the volume
 * for it. `secret` is the token's Secret before 1.21; absent, the token is projected. The random end of a generated name is always
 * `xxxxx`. Mirrors mountServiceAccountToken of plugin/pkg/admission/serviceaccount, v1.24 (and 1.20 with a secret).
 */
export function mountToken(
  spec: PodSpec,
  secret: string | undefined,
): Pick<PodSpec, 'containers' | 'initContainers' | 'volumes'> {
  const volumes = spec.volumes ?? [];
  const existing = volumes.find((volume) =>
    secret === undefined ? volume.name?.startsWith(VOLUME_PREFIX) === true : volume.secret?.secretName === secret,
  );
  const name = existing?.name ?? newName(volumes, secret);
  const mount = { name, readOnly: true, mountPath: MOUNT_PATH };
  const withMount = (container: Container): Container =>
    isMounted(container) ? container : { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
  const initContainers = spec.initContainers?.map(withMount);
  const containers = spec.containers?.map(withMount);
  const needed = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].some((each) => !isMounted(each));
  const volume: Volume =
    secret === undefined ? { name, projected: tokenSource() } : { name, secret: { secretName: secret } };
  return {
    ...(initContainers !== undefined && { initContainers }),
    ...(containers !== undefined && { containers }),
    ...(existing === undefined && needed && { volumes: [...volumes, volume] }),
  };
}

function isMounted({ volumeMounts = [] }: Container): boolean {
  return volumeMounts.some(({ mountPath }) => mountPath === MOUNT_PATH);
}

function newName(volumes: readonly Volume[], secret: string | undefined): string {
  if (secret === undefined) return `${VOLUME_PREFIX}xxxxx`;
  const name = secret.replaceAll('.', '-');
  return volumes.some((volume) => volume.name === name) ? `${name}-xxxxx` : name;
}

function tokenSource(): NonNullable<Volume['projected']> {
  return {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
    defaultMode: 0o644,
  };
}
