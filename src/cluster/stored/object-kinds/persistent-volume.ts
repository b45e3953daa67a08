import { isObject } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { ObjectKind } from './object-kind.ts';

/** From here on the server notes when a volume's phase changed. */
const FIRST_TRANSITION_TIME = 28;

/** v1 PersistentVolume. Mirrors SetDefaults_PersistentVolume of pkg/apis/core/v1, v1.24; the sources of volumes are not completed. */
export const persistentVolumeKind: ObjectKind = {
  group: '',
  kind: 'PersistentVolume',
  complete: (object) => {
    const spec = object.spec as JsonObject;
    (object.status as JsonObject).phase ??= 'Pending';
    spec.persistentVolumeReclaimPolicy ??= 'Retain';
    spec.volumeMode ??= 'Filesystem';
    if (isObject(spec.hostPath)) spec.hostPath.type ??= '';
  },
  forCreate: (object, { minor }) => {
    const time = minor >= FIRST_TRANSITION_TIME ? { lastPhaseTransitionTime: 'NOW' } : {};
    return { ...object, status: { phase: 'Pending', ...time } };
  },
  forUpdate: (object, old, subresource) =>
    subresource === 'status' ? { ...object, spec: old.spec ?? {} } : { ...object, status: old.status ?? {} },
};
