import { labelSelectorMatches, type LabelSelector, labelSelectorProblems } from '../../../lang/label-selector.ts';
import { isObject, list, record, text, textFields, texts } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { labelValueErrors, qualifiedNameErrors } from '../name-formats.ts';
import { forbidden, goJson, invalid, type Printed, required, stringMap } from './check.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import { field, item } from './place.ts';
import { format, type Rule } from './rules.ts';

/** A number, 0 where there is none. */
export function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** From here on the values of requirements are looked at. */
const FIRST_SELECTOR_VALUES = 27;

/** A key of labels, or a name like one. */
export const labelName: Rule = format(qualifiedNameErrors);

/** Labels, whose complaints all stand at the map itself. */
export const labels: Rule = (check, value, at) => {
  for (const [key, each] of textFields(value)) {
    for (const message of qualifiedNameErrors(key, check.minor)) invalid(check, at, key, message);
    for (const message of labelValueErrors(each, check.minor)) invalid(check, at, each, message);
  }
};

/** A label selector. Mirrors apimachinery pkg/apis/meta/v1/validation ValidateLabelSelector. */
export const labelSelector: Rule = (check, value, at) => {
  if (!isObject(value)) return;
  labels(check, value.matchLabels, field(at, 'matchLabels'));
  for (const [index, each] of list(value.matchExpressions).entries()) {
    const place = item(field(at, 'matchExpressions'), index);
    const { operator = '', key, values } = record(each);
    if (operator === 'In' || operator === 'NotIn') {
      if (list(values).length === 0)
        required(check, field(place, 'values'), "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (list(values).length > 0)
        forbidden(check, field(place, 'values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    } else invalid(check, field(place, 'operator'), operator, 'not a valid selector operator');
    labelName(check, key, field(place, 'key'));
    if (check.minor < FIRST_SELECTOR_VALUES) continue;
    for (const [at2, one] of texts(values).entries()) {
      for (const message of labelValueErrors(one, check.minor))
        invalid(check, item(field(place, 'values'), at2), one, message);
    }
  }
};

/** A label selector as messages print it. */
export function printedSelector(value: Json | undefined): Printed {
  if (!isObject(value)) return { go: '"null"', json: 'null' };
  const expressions = list(value.matchExpressions).map(record);
  const lines = expressions.map(({ key, operator, values }) => {
    const printed = values === undefined ? '[]string(nil)' : `[]string{${texts(values).map(goQuote).join(', ')}}`;
    return `v1.LabelSelectorRequirement{Key:${goQuote(text(key))}, Operator:${goQuote(text(operator))}, Values:${printed}}`;
  });
  const all =
    value.matchExpressions === undefined
      ? '[]v1.LabelSelectorRequirement(nil)'
      : `[]v1.LabelSelectorRequirement{${lines.join(', ')}}`;
  const json: JsonObject = {};
  const map = record(value.matchLabels);
  if (Object.keys(map).length > 0) json.matchLabels = Object.fromEntries(Object.entries(map).sort());
  if (expressions.length > 0) {
    json.matchExpressions = expressions.map(({ key = '', operator = '', values }) => ({
      key,
      operator,
      ...(list(values).length > 0 && values !== undefined && { values }),
    }));
  }
  return {
    go: `v1.LabelSelector{MatchLabels:${stringMap(value.matchLabels).go}, MatchExpressions:${all}}`,
    json: goJson(json),
  };
}

/** What a selector makes of labels: whether it can be used at all, whether it takes everything, and whether it takes them. */
export function trySelector(
  selector: Json | undefined,
  labelsOf: Json | undefined,
): { readonly usable: boolean; readonly empty: boolean; readonly matches: boolean } {
  // A selector that is not there takes nothing.
  if (!isObject(selector)) return { usable: true, empty: false, matches: false };
  const read = selector as LabelSelector;
  const empty = Object.keys(record(selector.matchLabels)).length === 0 && list(selector.matchExpressions).length === 0;
  return {
    usable: labelSelectorProblems(read).length === 0,
    empty,
    matches: labelSelectorMatches(read, new Map(textFields(labelsOf))),
  };
}

/** An IntOrString as messages print it. */
export function printedIntOrString(value: Json | undefined): Printed {
  const isText = typeof value === 'string';
  const go = `intstr.IntOrString{Type:${isText ? 1 : 0}, IntVal:${isText ? 0 : numberOf(value)}, StrVal:${goQuote(text(value))}}`;
  return { go, json: goJson(value ?? 0) };
}
