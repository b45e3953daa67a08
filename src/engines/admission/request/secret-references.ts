import type { Container, EphemeralContainer } from '../../../model/kinds/container.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { Volume } from '../../../model/kinds/volume.ts';

/** Whether a pod names a Secret anywhere: for pulling, in an environment, in a volume. Mirrors podutil.VisitPodSecretNames, v1.24. */
export function referencesSecrets(spec: PodSpec): boolean {
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
  const names = [
    ...(spec.imagePullSecrets ?? []).map(({ name }) => name),
    ...containers.flatMap(environmentSecrets),
    ...(spec.volumes ?? []).flatMap(volumeSecrets),
  ];
  return names.some((name) => (name ?? '') !== '');
}

function environmentSecrets({ env = [], envFrom = [] }: Container | EphemeralContainer): (string | undefined)[] {
  return [
    ...envFrom.map(({ secretRef }) => secretRef?.name),
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
  ];
}

/** Only the first source of a volume counts, in this order. */
function volumeSecrets(volume: Volume): (string | undefined)[] {
  const { azureFile, projected, secret, csi } = volume;
  if (azureFile !== undefined) return [azureFile.secretName];
  for (const source of [volume.cephfs, volume.cinder, volume.flexVolume]) {
    if (source !== undefined) return [source.secretRef?.name];
  }
  if (projected !== undefined) return (projected.sources ?? []).map((source) => source.secret?.name);
  if (volume.rbd !== undefined) return [volume.rbd.secretRef?.name];
  if (secret !== undefined) return [secret.secretName];
  for (const source of [volume.scaleIO, volume.iscsi, volume.storageos]) {
    if (source !== undefined) return [source.secretRef?.name];
  }
  return [csi?.nodePublishSecretRef?.name];
}
