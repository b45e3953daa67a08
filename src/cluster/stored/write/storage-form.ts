import { kindFacts } from '../../../model/kind-facts.ts';
import { isObject, list, record } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { modelShape } from '../../defaults/model-shape.ts';
import type { Shape, ShapeField } from '../../defaults/shape.ts';
import type { PodServer } from '../../index/feature-gates.ts';
import { metadataOf, textOf } from '../object-metadata.ts';
import { objectKind } from '../object-kinds/object-kinds.ts';

/**
 * An object as it comes back from storage: lists and maps that are empty are gone, because protobuf knows none, and defaults are filled in
 * once more. Mirrors apiserver's server/storage/storage_codec.go.
 */
export function throughStorage(object: JsonObject, group: string, server: PodServer): JsonObject {
  const facts = kindFacts(textOf(object.apiVersion), textOf(object.kind));
  if (facts === undefined) return object;
  const kept = withoutEmpty(modelShape(facts.struct, server.minor), object);
  if (kept.kind === 'HorizontalPodAutoscaler' && server.minor < FIRST_LATER_SCALERS)
    kept.spec = reordered(record(kept.spec));
  kept.metadata = { ...metadataOf(kept), resourceVersion: '1', uid: 'UID', creationTimestamp: 'NOW' };
  objectKind(group, textOf(object.kind))?.complete?.(kept, server);
  return kept;
}

/** Until here autoscalers were stored as v1, which has a field for the use of processors and an annotation for all else. */
const FIRST_LATER_SCALERS = 30;

function reordered(spec: JsonObject): JsonObject {
  if (spec.metrics === undefined) return spec;
  const isPlain = (metric: Json): boolean => {
    const { type, resource } = record(metric);
    const { name, target } = record(resource);
    return type === 'Resource' && name === 'cpu' && record(target).averageUtilization !== undefined;
  };
  const metrics = list(spec.metrics);
  return { ...spec, metrics: [...metrics.filter((each) => !isPlain(each)), ...metrics.filter(isPlain).slice(-1)] };
}

function withoutEmpty(shape: Shape, object: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    const field = shape.fields.get(name);
    const kept = field === undefined ? value : keptValue(field, value);
    if (kept !== undefined) result[name] = kept;
  }
  return result;
}

function keptValue({ kind, type }: ShapeField, value: Json): Json | undefined {
  const one = (each: Json): Json => (typeof type === 'string' || !isObject(each) ? each : withoutEmpty(type, each));
  if (kind === 'list' && Array.isArray(value)) return value.length === 0 ? undefined : value.map(one);
  if (kind === 'map' && isObject(value)) {
    const entries = Object.entries(value);
    return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([key, each]) => [key, one(each)]));
  }
  return one(value);
}
