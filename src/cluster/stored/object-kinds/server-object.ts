import { isObject } from '../../../model/json.ts';
import { kindFacts } from '../../../model/kind-facts.ts';
import type { JsonObject } from '../../../model/object.ts';
import { modelShape } from '../../defaults/model-shape.ts';
import { encode, normalize, type Shape } from '../../defaults/shape.ts';
import type { PodServer } from '../../index/feature-gates.ts';
import { createdName } from '../../index/generated-name.ts';
import { withoutFields } from '../../index/without-fields.ts';
import { metadataOf, textOf } from '../object-metadata.ts';
import { updatedMetadata } from '../stored-pod.ts';
import { objectKind } from './object-kinds.ts';
import { podKind } from './pod.ts';

/** What a new object may not bring along. `clusterName` was never kept. */
const RESET_ON_CREATE = [
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'uid',
  'creationTimestamp',
  'selfLink',
  'clusterName',
];

/**
 * An object as the API server holds it after decoding and defaulting: unknown fields gone, zero values absent, metadata always there.
 * Kinds that the model does not know (custom ones) stay as written.
 */
export function decodedObject(written: JsonObject, group: string, server: PodServer): JsonObject {
  const shape = shapeOf(written, server.minor);
  const object = shape === undefined ? { ...written } : normalize(shape, written, server.minor);
  if (!isObject(object.metadata)) object.metadata = {};
  objectKind(group, textOf(written.kind))?.complete?.(object, server);
  return object;
}

/** The object as the server of that minor writes it to a client. */
export function encodedObject(object: JsonObject, minor: number): JsonObject {
  const shape = shapeOf(object, minor);
  return shape === undefined ? object : encode(shape, object, minor);
}

/** The object as it would be stored on creation; the random end of a generated name is always `xxxxx`. Mirrors rest.BeforeCreate, v1.24. */
export function createdObject(object: JsonObject, group: string, server: PodServer): JsonObject {
  const metadata = withoutFields(metadataOf(object), RESET_ON_CREATE);
  const name = createdName(metadata);
  const named = name === '' ? metadata : { ...metadata, name };
  const kind = objectKind(group, textOf(object.kind));
  const created = { ...object, metadata: named };
  return kind?.forCreate?.(created, server) ?? created;
}

/** The object as it would be stored on an update, through a subresource or not (''). Mirrors rest.BeforeUpdate, v1.24. */
export function updatedObject(
  object: JsonObject,
  old: JsonObject,
  group: string,
  subresource: string,
  server: PodServer,
): JsonObject {
  const kind = objectKind(group, textOf(object.kind));
  const updated = kind?.forUpdate?.(object, old, subresource, server) ?? object;
  return kind === podKind
    ? updated
    : { ...updated, metadata: updatedMetadata(metadataOf(updated), metadataOf(old)) as JsonObject };
}

function shapeOf({ apiVersion, kind }: JsonObject, minor: number): Shape | undefined {
  const facts = kindFacts(textOf(apiVersion), textOf(kind));
  return facts === undefined ? undefined : modelShape(facts.struct, minor);
}
