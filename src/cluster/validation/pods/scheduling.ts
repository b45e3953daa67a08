import { isObject, list, record, text, texts } from '../../../model/json.ts';
import type { Json } from '../../../model/object.ts';
import { type Check, duplicate, forbidden, invalid, required, unsupported } from '../check/check.ts';
import { field, item, type Place } from '../check/place.ts';
import { each, filled, format, needed, oneOf, present, type Rule, table } from '../check/rules.ts';
import { labelName, labelSelector, numberOf } from '../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors, labelValueErrors } from '../name-formats.ts';

/*
 * Where a pod may run: affinities, tolerations, spreading. Mirrors pkg/apis/core/validation, v1.24 and v1.37.
 */

/** From here on the values of requirements on nodes are looked at. */
const FIRST_NODE_VALUES = 31;

function nodeRequirement(looksAtValues: boolean): Rule {
  return (check, value, at) => {
    const { operator, values } = record(value);
    const count = list(values).length;
    if (operator === 'In' || operator === 'NotIn') {
      if (count === 0) required(check, field(at, 'values'), "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (count > 0)
        forbidden(check, field(at, 'values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    } else if (operator === 'Gt' || operator === 'Lt') {
      if (count !== 1)
        required(check, field(at, 'values'), "must be specified single value when `operator` is 'Lt' or 'Gt'");
    } else invalid(check, field(at, 'operator'), text(operator), 'not a valid selector operator');
    labelName(check, record(value).key, field(at, 'key'));
    if (!looksAtValues || check.minor < FIRST_NODE_VALUES) return;
    for (const [index, one] of texts(values).entries())
      for (const message of labelValueErrors(one, check.minor))
        invalid(check, item(field(at, 'values'), index), one, message);
  };
}

const nodeField: Rule = (check, value, at) => {
  const { key, operator, values } = record(value);
  if (operator !== 'In' && operator !== 'NotIn')
    invalid(check, field(at, 'operator'), text(operator), 'not a valid selector operator');
  else if (list(values).length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    required(check, field(at, 'values'), detail);
  }
  if (key !== 'metadata.name') invalid(check, field(at, 'key'), text(key), 'not a valid field selector key');
  else each(format(dnsSubdomainErrors))(check, values, field(at, 'values'));
};

function nodeTerm(looksAtValues: boolean): Rule {
  return table(['matchExpressions', each(nodeRequirement(looksAtValues))], ['matchFields', each(nodeField)]);
}

/** Terms of which a node must meet one. Mirrors ValidateNodeSelector. */
export const nodeSelector: Rule = table([
  'nodeSelectorTerms',
  needed('must have at least one node selector term', each(nodeTerm(true))),
]);

const weight: Rule = (check, value, at) => {
  const number = numberOf(value);
  if (number <= 0 || number > 100) invalid(check, at, number, 'must be in the range 1-100');
};

/** From here on keys of labels can be matched with those of the pod itself. */
const FIRST_LABEL_KEYS = 29;

const podTerm: Rule = (check, value, at) => {
  const { namespaces, topologyKey } = record(value);
  table(['labelSelector', labelSelector], ['namespaceSelector', labelSelector])(check, value, at);
  for (const name of texts(namespaces))
    for (const message of dnsLabelErrors(name, check.minor)) invalid(check, field(at, 'namespace'), name, message);
  if (check.minor >= FIRST_LABEL_KEYS) checkLabelKeys(check, value, at);
  if (text(topologyKey) === '') required(check, field(at, 'topologyKey'), 'can not be empty');
  labelName(check, topologyKey, field(at, 'topologyKey'));
};

/** Mirrors ValidateMatchLabelKeysAndMismatchLabelKeys. */
function checkLabelKeys(check: Check, value: Json | undefined, at: Place): void {
  const { matchLabelKeys, mismatchLabelKeys, labelSelector: selector } = record(value);
  for (const [name, keys] of [
    ['matchLabelKeys', matchLabelKeys],
    ['mismatchLabelKeys', mismatchLabelKeys],
  ] as const) {
    if (list(keys).length === 0) continue;
    if (!isObject(selector)) forbidden(check, field(at, name), 'must not be specified when labelSelector is not set');
    else each(labelName)(check, keys, field(at, name));
  }
  const other = texts(mismatchLabelKeys);
  for (const [index, key] of texts(matchLabelKeys).entries())
    if (other.includes(key))
      invalid(
        check,
        item(field(at, 'matchLabelKeys'), index),
        key,
        'exists in both matchLabelKeys and mismatchLabelKeys',
      );
}

const podAffinity: Rule = table(
  ['requiredDuringSchedulingIgnoredDuringExecution', each(podTerm)],
  ['preferredDuringSchedulingIgnoredDuringExecution', each(table(['weight', weight], ['podAffinityTerm', podTerm]))],
);

/** Mirrors validateAffinity. */
export const affinity: Rule = table(
  [
    'nodeAffinity',
    table(
      ['requiredDuringSchedulingIgnoredDuringExecution', present(nodeSelector)],
      [
        'preferredDuringSchedulingIgnoredDuringExecution',
        each(table(['weight', weight], ['preference', nodeTerm(false)])),
      ],
    ),
  ],
  ['podAffinity', podAffinity],
  ['podAntiAffinity', podAffinity],
);

export const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const OPERATORS = ['Equal', 'Exists'];

const toleration: Rule = (check, value, at) => {
  const { key, operator, value: matched, effect, tolerationSeconds } = record(value);
  const [name, how, what] = [text(key), text(operator), text(matched)];
  filled(labelName)(check, key, field(at, 'key'));
  const place = field(at, 'operator');
  if (name === '' && how !== 'Exists')
    invalid(
      check,
      place,
      how,
      'operator must be Exists when `key` is empty, which means "match all values and all keys"',
    );
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    invalid(check, field(at, 'effect'), text(effect), "effect must be 'NoExecute' when `tolerationSeconds` is set");
  if (how === '' || how === 'Equal') {
    const wrong = labelValueErrors(what, check.minor);
    if (wrong.length > 0) invalid(check, place, what, wrong.join(';'));
  } else if (how === 'Exists') {
    if (what !== '') invalid(check, place, what, "value must be empty when `operator` is 'Exists'");
  } else unsupported(check, place, how, how === 'Lt' || how === 'Gt' ? [...OPERATORS, 'Lt', 'Gt'] : OPERATORS);
  filled(oneOf(...EFFECTS))(check, effect, field(at, 'effect'));
};

/** Mirrors ValidateTolerations. */
export const tolerations: Rule = each(toleration);

/** From here on how selectors of spreading are written is looked at. */
const FIRST_SPREAD_SELECTORS = 27;
const FIRST_SPREAD_KEYS = 27;
const NOT_POSITIVE = 'must be greater than zero';

const positive: Rule = (check, value, at) => {
  if (numberOf(value) <= 0)
    invalid(
      check,
      at,
      numberOf(value),
      check.minor >= FIRST_SPREAD_SELECTORS ? 'must be greater than 0' : NOT_POSITIVE,
    );
};

/** Mirrors validateTopologySpreadConstraints. */
export function checkSpread(check: Check, value: Json | undefined, at: Place): void {
  const constraints = list(value).map(record);
  for (const [index, constraint] of constraints.entries()) {
    const place = item(at, index);
    const { topologyKey, whenUnsatisfiable, minDomains, matchLabelKeys, labelSelector: selector } = constraint;
    const action = text(whenUnsatisfiable);
    table(
      ['maxSkew', positive],
      ['topologyKey', needed('can not be empty')],
      ['whenUnsatisfiable', oneOf('DoNotSchedule', 'ScheduleAnyway')],
    )(check, constraint, place);
    const isRepeated = constraints
      .slice(index + 1)
      .some((other) => text(other.topologyKey) === text(topologyKey) && text(other.whenUnsatisfiable) === action);
    if (isRepeated)
      duplicate(check, field(place, '{topologyKey, whenUnsatisfiable}'), `{${text(topologyKey)}, ${action}}`);
    if (minDomains !== undefined) {
      const domains = field(place, 'minDomains');
      positive(check, minDomains, domains);
      const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
      if (action !== 'DoNotSchedule') invalid(check, domains, numberOf(minDomains), detail);
    }
    table(
      ['nodeAffinityPolicy', present(oneOf('Honor', 'Ignore'))],
      ['nodeTaintsPolicy', present(oneOf('Honor', 'Ignore'))],
    )(check, constraint, place);
    if (check.minor >= FIRST_SPREAD_KEYS)
      checkLabelKeys(check, { matchLabelKeys: matchLabelKeys ?? [], labelSelector: selector ?? null }, place);
    if (check.minor >= FIRST_SPREAD_SELECTORS) labelSelector(check, selector, field(place, 'labelSelector'));
  }
}
