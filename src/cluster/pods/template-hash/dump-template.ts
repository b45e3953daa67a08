import { compareBytes } from '../../../lang/byte-order.ts';
import { isObject } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { dumpQuantity } from './dump-quantity.ts';
import type { TemplateField, TemplateType } from './template-types.ts';

const ZERO_TIME = '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';
const NIL = '<nil>';

/**
 * A stored template as Go prints it with `%#v` of github.com/davecgh/go-spew: every field with its name and type, nil where there is
 * nothing. The text is what the pod-template-hash is a hash of (pkg/util/hash DeepHashObject). Undefined where the controller's text
 * cannot be told: times, which hold the machine's time zone, managed fields, and integers that a JavaScript number does not hold.
 */
export function dumpTemplate(type: TemplateType, template: JsonObject): string | undefined {
  const unknown: string[] = [];
  const text = dump(type, template, unknown);
  return unknown.length === 0 ? text : undefined;
}

/** A value with its type before it. */
function dump(type: TemplateType, value: Json | undefined, unknown: string[]): string {
  if (type.kind !== 'pointer') return `(${type.goName})${bare(type, value, unknown)}`;
  if (value === undefined) return `(${type.goName})${NIL}`;
  return `(${type.goName})${bare(type.of, value, unknown)}`;
}

/** A value without its type: an element of a list or a map, or what a pointer points to. */
function bare(type: TemplateType, value: Json | undefined, unknown: string[]): string {
  switch (type.kind) {
    case 'struct':
      return bareStruct(type.fields, isObject(value) ? value : {}, unknown);
    case 'list':
      if (!Array.isArray(value) || value.length === 0) return NIL;
      return `[${value.map((item) => bare(type.of, item, unknown)).join(' ')}]`;
    case 'map': {
      const keys = isObject(value) ? Object.keys(value).sort(compareBytes) : [];
      if (!isObject(value) || keys.length === 0) return NIL;
      return `map[${keys.map((key) => `${key}:${bare(type.of, value[key], unknown)}`).join(' ')}]`;
    }
    case 'pointer':
      return value === undefined ? NIL : `<*>${bare(type.of, value, unknown)}`;
    case 'string':
      return typeof value === 'string' ? value : '';
    case 'bool':
      return value === true ? 'true' : 'false';
    case 'int32':
    case 'int64':
      return integer(value, unknown);
    case 'quantity':
      return dumpQuantity(typeof value === 'string' ? value : '0');
    case 'intOrString':
      if (typeof value === 'string') return `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`;
      return `{Type:(intstr.Type)0 IntVal:(int32)${integer(value, unknown)} StrVal:(string)}`;
    case 'time':
      if (value !== undefined) unknown.push(type.goName);
      return ZERO_TIME;
    case 'opaque':
      if (value !== undefined) unknown.push(type.goName);
      return '';
  }
}

function bareStruct(fields: readonly TemplateField[], value: JsonObject, unknown: string[]): string {
  let text = '{';
  for (const field of fields) {
    if (text.length > 1) text += ' ';
    const { goName, name, type } = field;
    const item = name === '' ? value : value[name];
    text += item === undefined ? unset(field) : `${goName}:${dump(type, item, unknown)}`;
  }
  return `${text}}`;
}

const unsetTexts = new WeakMap<TemplateField, string>();

/** A field without a value, as most are: always the same text. */
function unset(field: TemplateField): string {
  let text = unsetTexts.get(field);
  if (text === undefined) unsetTexts.set(field, (text = `${field.goName}:${dump(field.type, undefined, [])}`));
  return text;
}

function integer(value: Json | undefined, unknown: string[]): string {
  if (value === undefined) return '0';
  if (!Number.isSafeInteger(value)) unknown.push('integer');
  return typeof value === 'number' ? value.toFixed(0) : '0';
}
