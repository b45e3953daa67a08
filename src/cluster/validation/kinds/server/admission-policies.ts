import { RESERVED_WORDS } from '../../../../lang/cel/syntax/reserved-words.ts';
import { isObject, list, record, text, texts } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, declaratively, duplicate, forbidden, invalid, required, unsupported } from '../../check/check.ts';
import { dns1035Errors } from '../../check/formats.ts';
import { metadataIn } from '../../check/metadata.ts';
import { field, item, type Place } from '../../check/place.ts';
import { each, format, isEmpty, needed, oneOf, type Rule } from '../../check/rules.ts';
import { labelSelector } from '../../check/values.ts';
import { dnsSubdomainErrors, pathSegmentErrors, qualifiedNameErrors } from '../../name-formats.ts';
import { checkConditions, isBlank } from './match-conditions.ts';
import { kindCheck } from '../kind-check.ts';
import { ruleOf } from './webhooks.ts';

/*
 * Admission policies and their bindings. Mirrors pkg/apis/admissionregistration/validation, v1.37; what the server says about expressions in CEL is left out.
 */

const SPEC = field(undefined, 'spec');
const MOST_ANNOTATIONS = 20;
const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];

const namedRule: Rule = (check, value, at) => {
  const names = texts(record(value).resourceNames);
  for (const [index, name] of names.entries()) {
    const place = item(field(at, 'resourceNames'), index);
    for (const message of pathSegmentErrors(name)) invalid(check, place, name, message);
    if (names.indexOf(name) < index) duplicate(check, place, name);
  }
  ruleOf(true)(check, value, at);
};

function checkMatches(check: Check, resources: JsonObject, at: Place): void {
  needed('', oneOf('Equivalent', 'Exact'))(check, resources.matchPolicy, field(at, 'matchPolicy'));
  labelSelector(check, resources.namespaceSelector, field(at, 'namespaceSelector'));
  labelSelector(check, resources.objectSelector, field(at, 'objectSelector'));
  for (const name of ['resourceRules', 'excludeResourceRules'])
    each(namedRule)(check, resources[name], field(at, name));
}

function checkParamKind(check: Check, { apiVersion, kind }: JsonObject, at: Place): void {
  const version = text(apiVersion);
  const place = field(at, 'apiVersion');
  const parts = version.split('/');
  if (version === '') required(check, place);
  else if (parts.length > 2) invalid(check, place, version, `unexpected GroupVersion string: ${version}`);
  else {
    const group = parts.length === 2 ? (parts[0] ?? '') : '';
    const wrong = dnsSubdomainErrors(group);
    if (group !== '' && wrong.length > 0) invalid(check, place, group, wrong.join(','));
    const own = parts.at(-1) ?? '';
    const wrongVersion = dns1035Errors(own);
    if (own === '') invalid(check, place, version, 'version must be specified');
    else if (wrongVersion.length > 0) invalid(check, place, own, wrongVersion.join(','));
  }
  const wrong = dns1035Errors(text(kind).toLowerCase());
  if (text(kind) === '') required(check, field(at, 'kind'));
  else if (wrong.length > 0)
    invalid(
      check,
      field(at, 'kind'),
      text(kind),
      `may have mixed case, but should otherwise match: ${wrong.join(',')}`,
    );
}

const validation: Rule = (check, value, at) => {
  const { expression, message, messageExpression, reason } = record(value);
  if (isBlank(expression)) required(check, field(at, 'expression'), 'expression is not specified');
  if (text(messageExpression) !== '' && isBlank(messageExpression))
    invalid(check, field(at, 'messageExpression'), text(messageExpression), 'must be non-empty if specified');
  if (text(message) !== '' && isBlank(message))
    invalid(check, field(at, 'message'), text(message), 'must be non-empty if specified');
  else if (/[\n\r]/.test(text(message).trim()))
    invalid(check, field(at, 'message'), text(message), 'must not contain line breaks');
  if (reason !== undefined && !REASONS.includes(text(reason)))
    unsupported(check, field(at, 'reason'), text(reason), REASONS);
};

const variable: Rule = (check, value, at) => {
  const { name, expression } = record(value);
  if (isBlank(name)) required(check, field(at, 'name'), 'name is not specified');
  else if (!/^[A-Z_]\w*$/i.test(text(name)) || RESERVED_WORDS.has(text(name)))
    invalid(check, field(at, 'name'), text(name), 'must be a valid CEL identifier');
  if (isBlank(expression)) required(check, field(at, 'expression'), 'expression is not specified');
};

function checkAnnotations(check: Check, value: Json | undefined, policy: string, at: Place): void {
  const keys = new Set<string>();
  if (list(value).length > MOST_ANNOTATIONS)
    invalid(check, at, '<value omitted>', `must not have more than ${MOST_ANNOTATIONS} auditAnnotations`);
  for (const [index, one] of list(value).entries()) {
    const place = item(at, index);
    const { key, valueExpression } = record(one);
    const whole = `${policy}/${text(key)}`;
    if (policy === '') invalid(check, field(place, 'key'), text(key), 'requires metadata.name be non-empty');
    else
      for (const message of qualifiedNameErrors(whole, check.minor))
        invalid(check, field(place, 'key'), whole, message);
    if (isBlank(valueExpression)) required(check, field(place, 'valueExpression'), 'valueExpression is not specified');
    if (keys.has(text(key))) duplicate(check, field(place, 'key'), text(key));
    keys.add(text(key));
  }
}

export const admissionPolicyCheck = kindCheck(false, {
  finalizers: false,
  again: 'all',
  rest: (check, object) => {
    const spec = record(object.spec);
    needed('', oneOf('Fail', 'Ignore'))(check, spec.failurePolicy, field(SPEC, 'failurePolicy'));
    if (isObject(spec.paramKind)) checkParamKind(check, spec.paramKind, field(SPEC, 'paramKind'));
    const matches = field(SPEC, 'matchConstraints');
    if (!isObject(spec.matchConstraints)) required(check, matches);
    else {
      checkMatches(check, spec.matchConstraints, matches);
      if (isEmpty(spec.matchConstraints.resourceRules)) required(check, field(matches, 'resourceRules'));
    }
    checkConditions(check, spec.matchConditions, field(SPEC, 'matchConditions'));
    each(variable)(check, spec.variables, field(SPEC, 'variables'));
    if (isEmpty(spec.validations) && isEmpty(spec.auditAnnotations)) {
      const detail = 'validations or auditAnnotations must contain at least one item';
      for (const name of ['validations', 'auditAnnotations']) required(check, field(SPEC, name), detail);
      return;
    }
    each(validation)(check, spec.validations, field(SPEC, 'validations'));
    checkAnnotations(check, spec.auditAnnotations, text(metadataIn(object).name), field(SPEC, 'auditAnnotations'));
  },
});

const EXCLUSIVE = 'name and selector are mutually exclusive';

function checkParamRef(check: Check, ref: JsonObject, at: Place): void {
  const name = text(ref.name);
  const hasSelector = isObject(ref.selector);
  if (name !== '') {
    format(pathSegmentErrors)(check, name, field(at, 'name'));
    if (hasSelector) forbidden(check, field(at, 'name'), EXCLUSIVE);
  }
  labelSelector(check, ref.selector, field(at, 'selector'));
  if (hasSelector && name !== '') forbidden(check, field(at, 'selector'), EXCLUSIVE);
  if (name === '' && !hasSelector) required(check, at, 'one of name or selector must be specified');
  needed('', oneOf('Deny', 'Allow'))(check, ref.parameterNotFoundAction, field(at, 'parameterNotFoundAction'));
}

const ACTIONS = ['Audit', 'Deny', 'Warn'];

function checkActions(check: Check, value: Json | undefined, at: Place): void {
  const actions = texts(value);
  for (const [index, action] of actions.entries()) {
    if (!ACTIONS.includes(action)) unsupported(check, item(at, index), action, ACTIONS);
    if (actions.indexOf(action) < index) duplicate(check, item(at, index), action);
  }
  if (actions.includes('Deny') && actions.includes('Warn')) {
    const why = 'repeating the same validation failure information in the API response and headers serves no purpose';
    invalid(check, at, [...actions], `must not contain both Deny and Warn (${why})`);
  }
  if (actions.length === 0) required(check, at);
}

export const policyBindingCheck = kindCheck(false, {
  finalizers: false,
  again: 'all',
  rest: (check, object) => {
    const spec = record(object.spec);
    const at = field(SPEC, 'policyName');
    if (text(spec.policyName) === '')
      declaratively(check, (late) => {
        required(late, at);
      });
    else format(dnsSubdomainErrors)(check, spec.policyName, at);
    if (isObject(spec.paramRef)) checkParamRef(check, spec.paramRef, field(SPEC, 'paramRef'));
    if (isObject(spec.matchResources)) checkMatches(check, spec.matchResources, field(SPEC, 'matchResources'));
    checkActions(check, spec.validationActions, field(SPEC, 'validationActions'));
  },
});

/** Devices: only what needs no CEL. */
export const deviceClassCheck = kindCheck(false, {
  rest: (check, object) => {
    const spec = record(object.spec);
    for (const [index, selector] of list(spec.selectors).entries()) {
      const at = field(item(field(SPEC, 'selectors'), index), 'cel');
      const { cel } = record(selector);
      if (!isObject(cel)) required(check, at);
      else if (isBlank(cel.expression))
        invalid(check, field(at, 'expression'), text(cel.expression), 'compilation failed');
    }
    for (const [index, config] of list(spec.config).entries()) {
      const at = field(item(field(SPEC, 'config'), index), 'opaque');
      const { opaque } = record(config);
      if (!isObject(opaque)) required(check, at);
      else checkOpaque(check, opaque, at);
    }
  },
});

function checkOpaque(check: Check, { driver, parameters }: JsonObject, at: Place): void {
  if (parameters === undefined) required(check, field(at, 'parameters'));
  else if (!isObject(parameters))
    invalid(check, field(at, 'parameters'), '<value omitted>', 'must be a valid JSON object');
  const place = field(at, 'driver');
  if (text(driver) === '')
    declaratively(check, (late) => {
      required(late, place);
    });
  else
    declaratively(check, (late) => {
      for (const message of caselessErrors(text(driver))) invalid(late, place, text(driver), message);
    });
}

function caselessErrors(driver: string): readonly string[] {
  return dnsSubdomainErrors(driver.toLowerCase()).map((message) =>
    message
      .replace('a lowercase RFC 1123 subdomain must consist of lower case', 'an RFC 1123 subdomain must consist of')
      .replaceAll('a-z0-9', 'A-Za-z0-9'),
  );
}
