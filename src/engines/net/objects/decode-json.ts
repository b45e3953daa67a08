import { isObject } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';

/**
 * Reads fields of decoded JSON as Go's typed decoding does: null is absent, and a value of a wrong type makes the whole object
 * undecodable (the first such problem is kept).
 */
export class JsonDecoder {
  problem: string | undefined;

  /** Notes that the object cannot be decoded. */
  fail(message: string): void {
    this.problem ??= message;
  }

  object(parent: JsonObject, key: string): JsonObject | undefined {
    return this.read(parent, key, isObject, 'an object');
  }

  list(parent: JsonObject, key: string): readonly Json[] | undefined {
    return this.read(parent, key, isList, 'a list');
  }

  objects(parent: JsonObject, key: string): readonly JsonObject[] | undefined {
    return this.list(parent, key)?.map((item) => this.item(item, key, isObject, 'an object') ?? {});
  }

  texts(parent: JsonObject, key: string): readonly string[] | undefined {
    return this.list(parent, key)?.map((item) => this.item(item, key, isText, 'a string') ?? '');
  }

  text(parent: JsonObject, key: string): string | undefined {
    return this.read(parent, key, isText, 'a string');
  }

  flag(parent: JsonObject, key: string): boolean | undefined {
    return this.read(parent, key, isFlag, 'a boolean');
  }

  number(parent: JsonObject, key: string): number | undefined {
    return this.read(parent, key, isNumber, 'a number');
  }

  integer(parent: JsonObject, key: string): number | undefined {
    return this.read(parent, key, isInteger, 'an integer');
  }

  /** A map of texts, such as labels; empty when it is absent. */
  labels(parent: JsonObject, key: string): ReadonlyMap<string, string> {
    const labels = new Map<string, string>();
    for (const [name, value] of Object.entries(this.object(parent, key) ?? {})) {
      labels.set(name, this.item(value, key, isText, 'a string') ?? '');
    }
    return labels;
  }

  private read<T extends Json>(
    parent: JsonObject,
    key: string,
    isRight: (value: Json) => value is T,
    what: string,
  ): T | undefined {
    const value = parent[key];
    if (value === undefined || value === null) return undefined;
    if (isRight(value)) return value;
    this.fail(`${key} is not ${what}`);
    return undefined;
  }

  private item<T extends Json>(
    value: Json,
    key: string,
    isRight: (value: Json) => value is T,
    what: string,
  ): T | undefined {
    if (value === null) return undefined;
    if (isRight(value)) return value;
    this.fail(`an item of ${key} is not ${what}`);
    return undefined;
  }
}

function isList(value: Json): value is Json[] {
  return Array.isArray(value);
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}

function isFlag(value: Json): value is boolean {
  return typeof value === 'boolean';
}

function isNumber(value: Json): value is number {
  return typeof value === 'number';
}

function isInteger(value: Json): value is number {
  return Number.isInteger(value);
}
