import type { JsonObject } from '../../../model/object.ts';
import type { PodServer } from '../../index/feature-gates.ts';

/**
 * What the API server does with the objects of one kind, beside decoding them: its defaulting and its registry strategy. Objects are as
 * `decodedObject` makes them; what is left out is nothing.
 */
export interface ObjectKind {
  readonly group: string;
  readonly kind: string;
  /** The first minor whose server counts the changes of these objects in their generation. */
  readonly generation?: number;
  /** Fills in what the manifest leaves out; changes the object in place. */
  readonly complete?: (object: JsonObject, server: PodServer) => void;
  /** What becomes of a new object when it is stored; metadata that the server owns is dealt with by the caller (PrepareForCreate). */
  readonly forCreate?: (object: JsonObject, server: PodServer) => JsonObject;
  /** The same on an update, through a subresource or not (''). */
  readonly forUpdate?: (object: JsonObject, old: JsonObject, subresource: string, server: PodServer) => JsonObject;
  /** What the server says beside its answer when a valid object is created. */
  readonly warnings?: (object: JsonObject, server: PodServer) => readonly string[];
}
