import type { DownwardAPIVolumeFile, Volume } from '../../model/kinds/volume.ts';
import { roundUpResources } from './default-container.ts';
import type { Mutable } from './server-pod.ts';

const READABLE = 0o644;

/** Fills in what a volume leaves out; one without a source is an emptyDir. Mirrors SetDefaults_Volume and its parts' in pkg/apis/core/v1, v1.24. */
export function defaultVolume(volume: Mutable<Volume>): void {
  if (Object.keys(volume).every((field) => field === 'name')) volume.emptyDir = {};
  if (volume.hostPath !== undefined) volume.hostPath.type ??= '';
  if (volume.secret !== undefined) volume.secret.defaultMode ??= READABLE;
  if (volume.configMap !== undefined) volume.configMap.defaultMode ??= READABLE;
  if (volume.downwardAPI !== undefined) {
    volume.downwardAPI.defaultMode ??= READABLE;
    defaultFiles(volume.downwardAPI.items);
  }
  if (volume.projected !== undefined) defaultProjected(volume.projected);
  defaultDisks(volume);
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  if (claim !== undefined) {
    claim.volumeMode ??= 'Filesystem';
    roundUpResources(claim.resources?.limits);
    roundUpResources(claim.resources?.requests);
  }
}

function defaultFiles(files: Mutable<DownwardAPIVolumeFile>[] = []): void {
  for (const file of files) {
    if (file.fieldRef !== undefined) file.fieldRef.apiVersion ??= 'v1';
  }
}

function defaultProjected(projected: NonNullable<Mutable<Volume>['projected']>): void {
  projected.defaultMode ??= READABLE;
  for (const source of projected.sources ?? []) {
    defaultFiles(source.downwardAPI?.items);
    if (source.serviceAccountToken !== undefined) source.serviceAccountToken.expirationSeconds ??= 3600;
  }
}

function defaultDisks({ iscsi, rbd, azureDisk, scaleIO }: Mutable<Volume>): void {
  if (iscsi !== undefined) iscsi.iscsiInterface ??= 'default';
  if (rbd !== undefined) {
    rbd.pool ??= 'rbd';
    rbd.user ??= 'admin';
    rbd.keyring ??= '/etc/ceph/keyring';
  }
  if (azureDisk !== undefined) {
    azureDisk.cachingMode ??= 'ReadWrite';
    azureDisk.kind ??= 'Shared';
    azureDisk.fsType ??= 'ext4';
    azureDisk.readOnly ??= false;
  }
  if (scaleIO !== undefined) {
    scaleIO.storageMode ??= 'ThinProvisioned';
    scaleIO.fsType ??= 'xfs';
  }
}
