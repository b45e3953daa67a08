import type { JsonObject, ManifestObject } from '../../model/object.ts';

/** One object of a cluster: its decoded value, and where it was written if it was. */
export interface NetworkObject {
  readonly json: JsonObject;
  readonly manifest?: ManifestObject;
  /** The namespace it lands in, where that is not what its metadata says. */
  readonly namespace?: string;
}

/** All that the engine asks of a cluster; the order of the objects does not matter. */
export interface NetworkObjects {
  readonly objects: readonly NetworkObject[];
}

/** Objects that were written nowhere: cases and tests. */
export function plainObjects(values: readonly JsonObject[]): NetworkObjects {
  return { objects: values.map((json) => ({ json })) };
}
