import type { Json, JsonObject } from '../../model/object.ts';

/**
 * Reads fields of decoded JSON as Go's typed decoding does: null is absent, and a value of a wrong type makes the whole object
 * undecodable (the first such problem is kept).
 */
export class JsonDecoder {
  problem: string | undefined;

  fail(message: string): undefined {
    this.problem ??= message;
    return undefined;
  }

  object(parent: JsonObject, key: string): JsonObject | undefined {
    const value = parent[key];
    if (value === undefined || value === null) return undefined;
    return isObject(value) ? value : this.fail(`${key} is not an object`);
  }

  list(parent: JsonObject, key: string): readonly Json[] | undefined {
    const value = parent[key];
    if (value === undefined || value === null) return undefined;
    return Array.isArray(value) ? value : this.fail(`${key} is not a list`);
  }

  objects(parent: JsonObject, key: string): readonly JsonObject[] | undefined {
    return this.list(parent, key)?.map((item) => {
      if (item !== null && !isObject(item)) this.fail(`an item of ${key} is not an object`);
      return isObject(item) ? item : {};
    });
  }

  texts(parent: JsonObject, key: string): readonly string[] | undefined {
    return this.list(parent, key)?.map((item) => {
      if (item !== null && typeof item !== 'string') this.fail(`an item of ${key} is not a string`);
      return typeof item === 'string' ? item : '';
    });
  }

  text(parent: JsonObject, key: string): string | undefined {
    const value = parent[key];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : this.fail(`${key} is not a string`);
  }

  flag(parent: JsonObject, key: string): boolean | undefined {
    const value = parent[key];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'boolean' ? value : this.fail(`${key} is not a boolean`);
  }

  number(parent: JsonObject, key: string): number | undefined {
    const value = parent[key];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'number' ? value : this.fail(`${key} is not a number`);
  }

  integer(parent: JsonObject, key: string): number | undefined {
    const value = this.number(parent, key);
    return value === undefined || Number.isInteger(value) ? value : this.fail(`${key} is not an integer`);
  }

  labels(parent: JsonObject, key: string): ReadonlyMap<string, string> {
    const labels = new Map<string, string>();
    for (const [name, value] of Object.entries(this.object(parent, key) ?? {})) {
      if (value !== null && typeof value !== 'string') this.fail(`${key}.${name} is not a string`);
      labels.set(name, typeof value === 'string' ? value : '');
    }
    return labels;
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
