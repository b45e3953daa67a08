import type { HostJson } from '../values/json-values.ts';
import { isFields, isList, type StructuralSchema } from './structural-schema.ts';

/** The items of a list before an update, by their keys; lists without keys have none that can be told. Mirrors makeMapList of apiextensions pkg/apiserver/schema/cel. */
export class OldItems {
  private readonly keys: readonly string[];
  private readonly byKey = new Map<string, HostJson>();

  constructor({ listType, listMapKeys, items }: StructuralSchema, old: readonly HostJson[]) {
    this.keys = listType === 'map' && items?.type === 'object' ? listMapKeys : [];
    for (const item of old) {
      const key = this.keyOf(item);
      // The first item of a key counts.
      if (key !== undefined && !this.byKey.has(key)) this.byKey.set(key, item);
    }
  }

  get(item: HostJson): HostJson | undefined {
    const key = this.keyOf(item);
    return key === undefined ? undefined : this.byKey.get(key);
  }

  private keyOf(item: HostJson): string | undefined {
    if (this.keys.length === 0 || !isFields(item)) return undefined;
    return this.keys.map((key) => textOf(item[key])).join('\n');
  }
}

/** Whether two values are the same; the order of fields does not count. */
export function sameJson(left: HostJson | undefined, right: HostJson | undefined): boolean {
  if (left === right) return true;
  if (isList(left))
    return isList(right) && left.length === right.length && left.every((each, index) => sameJson(each, right[index]));
  if (!isFields(left) || !isFields(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  );
}

function textOf(json: HostJson | undefined): string {
  return typeof json === 'bigint' ? String(json) : JSON.stringify(json);
}
