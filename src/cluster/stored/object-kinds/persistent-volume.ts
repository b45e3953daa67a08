import type { JsonObject } from '../../../model/object.ts';
import type { ObjectKind } from './object-kind.ts';

/** v1 PersistentVolume. Mirrors SetDefaults_PersistentVolume of pkg/apis/core/v1, v1.24; the sources of volumes are not completed. */
export const persistentVolumeKind: ObjectKind = {
  group: '',
  kind: 'PersistentVolume',
  complete: (object) => {
    const spec = object.spec as JsonObject;
    (object.status as JsonObject).phase ??= 'Pending';
    spec.persistentVolumeReclaimPolicy ??= 'Retain';
    spec.volumeMode ??= 'Filesystem';
  },
};
