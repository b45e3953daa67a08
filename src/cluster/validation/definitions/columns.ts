import { isObject, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, invalid, required } from '../check/check.ts';
import { field, type Place } from '../check/place.ts';

const TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

/** A column that kubectl prints. */
export function checkColumn(check: Check, { name, type, format, jsonPath }: JsonObject, at: Place): void {
  if (text(name) === '') required(check, field(at, 'name'));
  if (text(type) === '') required(check, field(at, 'type'), `must be one of ${TYPES.join(',')}`);
  else if (!TYPES.includes(text(type)))
    invalid(check, field(at, 'type'), text(type), `must be one of ${TYPES.join(',')}`);
  if (text(format) !== '' && !FORMATS.includes(text(format)))
    invalid(check, field(at, 'format'), text(format), `must be one of ${FORMATS.join(',')}`);
  const place = field(at, 'JSONPath');
  if (text(jsonPath) === '') required(check, place);
  else checkJsonPath(check, text(jsonPath), place);
}

/** A path of names and indexes. Mirrors validateSimpleJSONPath, without what the parser says about broken paths. */
function checkJsonPath(check: Check, path: string, at: Place): boolean {
  if (path.startsWith('.')) return true;
  invalid(check, at, path, 'must be a simple json path starting with .');
  return false;
}

const PATHS = [
  ['specReplicasPath', ['.spec.'], 'should be a json path under .spec'],
  ['statusReplicasPath', ['.status.'], 'should be a json path under .status'],
  ['labelSelectorPath', ['.spec.', '.status.'], 'should be a json path under either .status or .spec'],
] as const;

/** The scale subresource. */
export function checkScale(check: Check, value: Json | undefined, at: Place): void {
  const { scale } = record(value);
  if (!isObject(scale)) return;
  for (const [name, under, words] of PATHS) {
    const place = field(at, `scale.${name}`);
    const path = text(scale[name]);
    if (path === '') {
      if (name !== 'labelSelectorPath') required(check, place);
    } else if (checkJsonPath(check, path, place) && !under.some((prefix) => path.startsWith(prefix)))
      invalid(check, place, path, words);
  }
}
