import { list, record, text } from '../../../../model/json.ts';
import type { Json } from '../../../../model/object.ts';
import { type Check, duplicate, required, tooMany } from '../../check/check.ts';
import { field, item, type Place } from '../../check/place.ts';
import { needed } from '../../check/rules.ts';
import { labelName } from '../../check/values.ts';

const MOST_CONDITIONS = 64;

/** Whether an expression says nothing. */
export function isBlank(value: Json | undefined): boolean {
  return text(value).trim() === '';
}

/** Conditions of policies and webhooks. */
export function checkConditions(check: Check, value: Json | undefined, at: Place): void {
  const conditions = list(value).map(record);
  if (conditions.length > MOST_CONDITIONS) tooMany(check, at, conditions.length, MOST_CONDITIONS);
  const names = new Set<string>();
  for (const [index, { name, expression }] of conditions.entries()) {
    const place = item(at, index);
    if (isBlank(expression)) required(check, field(place, 'expression'));
    needed('', labelName)(check, name, field(place, 'name'));
    if (text(name) !== '' && names.has(text(name))) duplicate(check, field(place, 'name'), text(name));
    names.add(text(name));
  }
}
