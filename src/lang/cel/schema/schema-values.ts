import { decodeBase64 } from '../../base64.ts';
import { equal } from '../values/compare.ts';
import { ArrayList } from '../values/collections.ts';
import { type HostJson, wholeNumbersAreInts } from '../values/json-values.ts';
import { parseDuration, parseTimestamp } from '../values/times.ts';
import { CelError, CelList, CelMap, noSuchOverload, type Value } from '../values/value.ts';
import { escapeField, isReservedField, unescapeField } from './escape-field.ts';
import { isFields, isList, type StructuralSchema, withObjectMeta } from './structural-schema.ts';

/** A value by its schema, converted where it is looked at. Mirrors UnstructuredToVal of the apiserver's pkg/cel/common/valuesunstructured.go. */
export function schemaValue(json: HostJson | undefined, schema: StructuralSchema): Value {
  if (json === null || json === undefined)
    return schema.nullable ? null : new CelError('invalid data, got null for schema with nullable=false');
  if (schema.intOrString) {
    if (typeof json === 'string') return json;
    const whole = typeof json === 'number' ? wholeNumbersAreInts(json) : json;
    if (typeof whole === 'bigint') return whole;
    return new CelError('invalid data, expected XIntOrString value to be either a string or integer');
  }
  switch (schema.type) {
    case 'object':
      if (!isFields(json)) return misfit('a map for the provided schema with type=object');
      return new SchemaMap(json, schema.embedded ? withObjectMeta(schema) : schema);
    case 'array':
      if (!isList(json)) return misfit('an array for the provided schema with type=array');
      if (schema.items === undefined) return new CelError('invalid array type, expected Items with a non-empty Schema');
      return new SchemaList(json, schema.items, schema);
    case 'string':
      return typeof json === 'string' ? formatted(json, schema.format) : misfit(`string, got ${goType(json)}`);
    case 'number':
      return typeof json === 'number' || typeof json === 'bigint' ? Number(json) : misfit(`float, got ${goType(json)}`);
    case 'integer': {
      const whole = typeof json === 'number' ? wholeNumbersAreInts(json) : json;
      return typeof whole === 'bigint' ? whole : misfit(`int, got ${goType(json)}`);
    }
    case 'boolean':
      return typeof json === 'boolean' ? json : misfit(`bool, got ${goType(json)}`);
    default:
      return new CelError(
        `invalid type, expected object, array, number, integer, boolean or string, or no type with x-kubernetes-int-or-string or x-kubernetes-preserve-unknown-fields is true, got ${schema.type}`,
      );
  }
}

function misfit(expected: string): CelError {
  return new CelError(`invalid data, expected ${expected}`);
}

function goType(json: HostJson): string {
  if (typeof json === 'string' || typeof json === 'boolean') return typeof json === 'string' ? 'string' : 'bool';
  if (typeof json === 'number') return Number.isInteger(json) ? 'int64' : 'float64';
  if (typeof json === 'bigint') return 'int64';
  return isList(json) ? '[]interface {}' : 'map[string]interface {}';
}

function formatted(text: string, format: string): Value {
  switch (format) {
    case 'duration':
      return parseDuration(text) ?? new CelError(`Invalid duration ${text}`);
    case 'date':
      return parseTimestamp(`${text}T00:00:00Z`) ?? new CelError(`Invalid date formatted string ${text}`);
    case 'date-time':
      return parseTimestamp(text) ?? new CelError(`Invalid date-time formatted string ${text}`);
    case 'byte':
      return bytesOf(text);
    default:
      return text;
  }
}

function bytesOf(text: string): Value {
  const decoded = decodeBase64(text);
  return 'bytes' in decoded ? Uint8Array.from(decoded.bytes) : new CelError(`Invalid byte formatted string ${text}`);
}

/** An object or a map; fields that the schema does not have cannot be read. */
class SchemaMap extends CelMap {
  override readonly isStrict = true;
  private readonly json: Readonly<Record<string, HostJson | undefined>>;
  private readonly schema: StructuralSchema;

  constructor(json: Readonly<Record<string, HostJson | undefined>>, schema: StructuralSchema) {
    super();
    this.json = json;
    this.schema = schema;
  }

  get size(): number {
    return Object.keys(this.json).length;
  }

  find(key: Value): Value | undefined {
    if (typeof key !== 'string') return noSuchOverload();
    const { hasProperties } = this.schema;
    const name = !hasProperties || isReservedField(key) ? key : unescapeField(key);
    if (name === undefined || !Object.hasOwn(this.json, name)) return undefined;
    const value = this.json[name];
    // A field that is null counts as absent, an entry of a map does not.
    if (hasProperties && (value === null || value === undefined)) return undefined;
    const schema = this.schemaOf(name);
    return schema && schemaValue(value, schema);
  }

  keys(): string[] {
    const { hasProperties } = this.schema;
    return Object.keys(this.json)
      .filter((name) => this.schemaOf(name) !== undefined)
      .map((name) => (hasProperties ? (escapeField(name) ?? name) : name));
  }

  private schemaOf(name: string): StructuralSchema | undefined {
    const { hasProperties, properties, values } = this.schema;
    return hasProperties ? properties.get(name) : values;
  }
}

/** A list: of the types `set` and `map` the order does not count when it is compared. */
class SchemaList extends CelList {
  override readonly wantsInt = true;
  private readonly json: readonly HostJson[];
  private readonly items: StructuralSchema;
  private readonly schema: StructuralSchema;

  constructor(json: readonly HostJson[], items: StructuralSchema, schema: StructuralSchema) {
    super();
    this.json = json;
    this.items = items;
    this.schema = schema;
  }

  get size(): number {
    return this.json.length;
  }

  item(index: number): Value {
    return schemaValue(this.json[index], this.items);
  }

  override sameAs(other: CelList): boolean | CelError | undefined {
    const { listType } = this.schema;
    if (listType !== 'set' && listType !== 'map') return undefined;
    if (this.size !== other.size) return false;
    const rest = [...other];
    for (const item of this) {
      const index = rest.findIndex((each) => this.isSameItem(item, each));
      if (index < 0) return false;
      const [found = null] = rest.splice(index, 1);
      const same = equal(item, found);
      if (same !== true) return same;
    }
    return true;
  }

  override joined(other: CelList): CelList | undefined {
    const { listType } = this.schema;
    if (listType !== 'set' && listType !== 'map') return undefined;
    const items = [...this];
    for (const item of other) {
      const index = items.findIndex((each) => this.isSameItem(each, item));
      if (index < 0) items.push(item);
      else items[index] = item;
    }
    return new ArrayList(items);
  }

  /** Whether two items are one in a set, or have the same keys in a map. */
  private isSameItem(left: Value, right: Value): boolean {
    if (this.schema.listType === 'set') return equal(left, right) === true;
    return this.schema.listMapKeys.every((key) => {
      const name = escapeField(key) ?? key;
      const [a, b] = [left, right].map((each) => (each instanceof CelMap ? each.find(name) : undefined));
      return a === undefined || b === undefined ? a === b : equal(a, b) === true;
    });
  }
}
