import type { ObjectMeta } from '../../model/kinds/metadata.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { JsonObject } from '../../model/object.ts';
import { podShape } from './pod-shape.ts';
import { encode, sameValue } from './shape.ts';

/**
 * A v1 Pod as the API server holds it while it decides: decoded, unknown fields gone, zero values absent, metadata, spec and status
 * always there. `encodePod` turns it into what a client gets back.
 */
export interface ServerPod {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
  readonly status: JsonObject;
}

/** The pod as the server of that minor writes it to a client. */
export function encodePod(pod: ServerPod, minor: number): JsonObject {
  return encode(podShape('Pod', minor), pod as unknown as JsonObject, minor);
}

/** Whether two pods are the same to the server: empty and unset lists alike, quantities by amount (equality.Semantic). */
export function samePod(left: ServerPod, right: ServerPod): boolean {
  return sameValue(podShape('Pod'), left as unknown as JsonObject, right as unknown as JsonObject);
}

/** A value whose fields may still be set: what defaulting and mutation work on before they hand it out. */
export type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;
