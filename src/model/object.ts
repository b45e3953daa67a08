import type { SourceDocument } from '../text/source.ts';
import type { FieldPath, MapNode } from '../text/tree.ts';

/**
 * One Kubernetes object of the tree: an item of a `List` is an object of its own. Its values are read through `decode` (as the
 * server holds it; `objectValue` inside) and its places through `locate(object.node, path)`.
 */
export interface ManifestObject {
  readonly document: SourceDocument;
  /** Where the object stands in its document: `[]`, or `['items', 3]` in a List. */
  readonly path: FieldPath;
  readonly node: MapNode;
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** `metadata.name`; '' when absent (then `generateName` may be set). */
  readonly name: string;
  readonly generateName: string;
  /** As written; '' when absent. Which namespace it lands in is decided by the cluster. */
  readonly namespace: string;
  /** An object read before it that holds the same in the same order, if there is one: what follows from values alone is worked out once for both. */
  readonly copyOf: ManifestObject | undefined;
}

/** Any JSON value, as decoded: absent fields are absent, not undefined. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** A JSON object, as decoded. */
export type JsonObject = Record<string, Json>;
