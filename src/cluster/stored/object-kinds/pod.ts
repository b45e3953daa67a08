import type { JsonObject } from '../../../model/object.ts';
import { completePod } from '../../defaults/default-pod.ts';
import type { Mutable, ServerPod } from '../../defaults/server-pod.ts';
import { podWarnings } from '../../validation/pod-warnings.ts';
import { podForCreate, podForUpdate } from '../stored-pod.ts';
import type { ObjectKind } from './object-kind.ts';

/** From here on changes of pods are counted. */
const FIRST_GENERATION = 33;

/** v1 Pod. */
export const podKind: ObjectKind = {
  group: '',
  kind: 'Pod',
  generation: FIRST_GENERATION,
  complete: (object, { minor }) => {
    completePod(object as unknown as Mutable<ServerPod>, { minor });
  },
  forCreate: (object, server) => asObject(podForCreate(asPod(object), server)),
  forUpdate: (object, old, subresource, server) =>
    asObject(podForUpdate(asPod(object), asPod(old), subresource, server)),
  warnings: (object) => podWarnings(asPod(object)),
};

function asPod(object: JsonObject): ServerPod {
  return object as unknown as ServerPod;
}

function asObject(pod: ServerPod): JsonObject {
  return pod as unknown as JsonObject;
}
