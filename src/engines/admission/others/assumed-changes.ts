import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { isObject, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { takersOfPod } from './others-of.ts';

/** A pod as those change it of whom the configuration tells what they add; the pod itself where there is none. */
export function assumedPod(cluster: Cluster, source: PodSource): JsonObject {
  const told = cluster.settings.assume?.mutatedBy;
  if (told === undefined) return source.pod;
  const names = new Set(takersOfPod(cluster, source).map(({ decider }) => decider.name));
  return [...names].reduce<JsonObject>((pod, name) => {
    const change = Object.hasOwn(told, name) ? told[name] : undefined;
    return change === undefined ? pod : merged(pod, change);
  }, source.pod);
}

/** Fields are set one by one, entries of lists by their names, `null` takes a field away: as a strategic merge of a pod has it. */
function merged(base: JsonObject, change: JsonObject): JsonObject {
  const result: JsonObject = { ...base };
  for (const [field, value] of Object.entries(change)) {
    const before = result[field];
    if (value === null) Reflect.deleteProperty(result, field);
    else if (isObject(value)) result[field] = merged(isObject(before) ? before : {}, value);
    else if (isNamed(value)) result[field] = mergedLists(Array.isArray(before) ? before : [], value);
    else result[field] = value;
  }
  return result;
}

function isNamed(value: Json | undefined): value is Json[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => isObject(each) && text(each.name) !== '');
}

function mergedLists(base: readonly Json[], change: readonly Json[]): Json[] {
  const result = [...base];
  for (const each of change) {
    if (!isObject(each)) continue;
    const index = result.findIndex((other) => isObject(other) && other.name === each.name);
    const there = result[index];
    if (isObject(there)) result[index] = merged(there, each);
    else result.push(each);
  }
  return result;
}
