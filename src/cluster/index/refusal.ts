import type { ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';

/** One complaint of an API server about a manifest, and the field that it complains of. */
export interface RefusalCause {
  readonly path: FieldPath;
  readonly message: string;
}

/**
 * Why the API server of a cluster stores nothing of a manifest. `unserved`: it has no such kind in that version; `undecodable`: a value has
 * the wrong type; `invalid`: its validation finds the object wrong; `unchangeable`: the same of the change that it makes to the manifest before it.
 */
export interface Refusal {
  readonly why: 'unserved' | 'undecodable' | 'invalid' | 'unchangeable';
  /** The whole answer, in the server's words. */
  readonly message: string;
  /** At least one. */
  readonly causes: readonly RefusalCause[];
  /** The manifest that stays in place; only of what is `unchangeable`. */
  readonly before?: ManifestObject;
}
