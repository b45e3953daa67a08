import { record } from './json.ts';
import { plainJson } from './object-value.ts';
import type { JsonObject, ManifestObject } from './object.ts';

/**
 * The object as its manifest spells it, without a schema: for kinds that k8sec has no schema of, and for what decoding drops. Engines that
 * answer for a version of the API server read `objectValue` instead.
 */
export function asWritten(object: ManifestObject): JsonObject {
  return record(plainJson(object.node));
}

/** The `spec` of an object as its manifest spells it; empty without one. */
export function specAsWritten(object: ManifestObject): JsonObject {
  return record(asWritten(object).spec);
}
