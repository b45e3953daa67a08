import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { AdmissionAttributes } from './plugin.ts';

/** The pod a request is about, through the pod itself or one of its subresources; undefined for requests about other kinds. */
export function requestedPod({ group, resource, object }: AdmissionAttributes): ServerPod | undefined {
  return group === '' && resource === 'pods' ? (object as unknown as ServerPod) : undefined;
}

/** The pod of a request about the pod itself; undefined for subresources and other kinds. */
export function wholePod(attributes: AdmissionAttributes): ServerPod | undefined {
  return attributes.subresource === '' ? requestedPod(attributes) : undefined;
}

/** The stored pod that a request is to change. */
export function oldPod({ group, resource, oldObject }: AdmissionAttributes): ServerPod | undefined {
  return group === '' && resource === 'pods' ? (oldObject as unknown as ServerPod | undefined) : undefined;
}

/** A pod as the object of a request. */
export function podObject(pod: ServerPod): JsonObject {
  return pod as unknown as JsonObject;
}

/** The pod with other values in some fields of its spec, as the object of a request. */
export function withSpec(pod: ServerPod, fields: Partial<PodSpec>): JsonObject {
  return podObject({ ...pod, spec: { ...pod.spec, ...fields } });
}
