import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import type { JsonObject } from '../../model/object.ts';
import type { AdmissionAttributes } from './plugin.ts';

/** The pod a request is about, through the pod itself or one of its subresources; undefined for requests about other kinds. */
export function requestedPod({ group, resource, object }: AdmissionAttributes): ServerPod | undefined {
  return group === '' && resource === 'pods' ? (object as unknown as ServerPod) : undefined;
}

/** The stored pod that a request is to change. */
export function oldPod({ group, resource, oldObject }: AdmissionAttributes): ServerPod | undefined {
  return group === '' && resource === 'pods' ? (oldObject as unknown as ServerPod | undefined) : undefined;
}

/** A pod as the object of a request. */
export function podObject(pod: ServerPod): JsonObject {
  return pod as unknown as JsonObject;
}
