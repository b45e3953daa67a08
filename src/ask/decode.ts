import type { Cluster } from '../cluster/index/cluster.ts';
import { decodeObject } from '../cluster/stored/stored-objects.ts';
import type { JsonObject, ManifestObject } from '../model/object.ts';

export type { JsonObject };

/** An object as the API server would hold it. Shared: not to be changed. */
export interface DecodedValue {
  /** Where it lands; '' for kinds that are in none. */
  readonly namespace: string;
  /** Decoded for the cluster's version and defaulted: fields of other versions are gone. Kinds without a schema stay as written. */
  readonly value: Readonly<JsonObject>;
  /** What the server has against it, in its words: with one of these it is not stored. */
  readonly errors: readonly string[];
}

/**
 * One manifest of a cluster decoded and defaulted. A field of the wrong type, which the server refuses to decode, is absent in
 * the value. The place of a field is `locate(object.node, path)`, as written.
 */
export function decode(cluster: Cluster, object: ManifestObject): DecodedValue {
  const { causes = [] } = cluster.refused.get(object) ?? {};
  return { ...decodeObject(cluster, object), errors: causes.map(({ message }) => message) };
}
