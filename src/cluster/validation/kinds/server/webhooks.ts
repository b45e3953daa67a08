import { isObject, list, record, text, texts } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, duplicate, invalid, required, unsupported } from '../../check/check.ts';
import { dns1035Errors, portNumberErrors } from '../../check/formats.ts';
import { field, item, type Place } from '../../check/place.ts';
import { each, oneOf, present, type Rule, table } from '../../check/rules.ts';
import { labelSelector, numberOf } from '../../check/values.ts';
import { dnsSubdomainErrors } from '../../name-formats.ts';
import { checkConditions } from './match-conditions.ts';
import { fullyQualifiedName } from './domain-names.ts';
import { kindCheck, type KindCheck } from '../kind-check.ts';

/*
 * Webhook configurations. Mirrors pkg/apis/admissionregistration/validation and apiserver's pkg/util/webhook, v1.24 and v1.37.
 */

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

function typed(values: readonly string[], type: string): { readonly go: string; readonly json: string } {
  return { go: `[]${type}{${values.map((each) => JSON.stringify(each)).join(', ')}}`, json: JSON.stringify(values) };
}

/** Operations, groups, versions and resources of a rule; a wildcard stands alone. */
export function ruleOf(allowSubresources: boolean): Rule {
  return (check, value, at) => {
    const rule = record(value);
    const operations = texts(rule.operations);
    const place = field(at, 'operations');
    if (operations.length === 0) required(check, place);
    if (operations.length > 1 && operations.includes('*'))
      invalid(
        check,
        place,
        typed(operations, 'admissionregistration.OperationType'),
        "if '*' is present, must not specify other operations",
      );
    for (const [index, one] of operations.entries())
      if (!OPERATIONS.includes(one)) unsupported(check, item(place, index), one, OPERATIONS);
    for (const [name, words] of [
      ['apiGroups', 'API groups'],
      ['apiVersions', 'API versions'],
    ] as const) {
      const written = texts(rule[name]);
      if (written.length === 0) required(check, field(at, name));
      if (written.length > 1 && written.includes('*'))
        invalid(check, field(at, name), Array.from(written), `if '*' is present, must not specify other ${words}`);
    }
    for (const [index, version] of texts(rule.apiVersions).entries())
      if (version === '') required(check, item(field(at, 'apiVersions'), index));
    if (allowSubresources) checkResources(check, texts(rule.resources), field(at, 'resources'));
    present(oneOf('*', 'Cluster', 'Namespaced'))(check, rule.scope, field(at, 'scope'));
  };
}

function checkResources(check: Check, resources: readonly string[], at: Place): void {
  if (resources.length === 0) required(check, at);
  const [anySub, anyResource] = [new Set<string>(), new Set<string>()];
  let hasPlain = false;
  for (const [index, written] of resources.entries()) {
    if (written === '') {
      required(check, item(at, index));
      continue;
    }
    const slash = written.indexOf('/');
    if (slash < 0) {
      hasPlain = written !== '*';
      continue;
    }
    const [resource, sub] = [written.slice(0, slash), written.slice(slash + 1)];
    if (anySub.has(resource))
      invalid(check, item(at, index), written, `if '${resource}/*' is present, must not specify ${written}`);
    if (anyResource.has(sub))
      invalid(check, item(at, index), written, `if '*/${sub}' is present, must not specify ${written}`);
    if (sub === '*') anySub.add(resource);
    if (resource === '*') anyResource.add(sub);
  }
  if (resources.length > 1 && resources.includes('*/*'))
    invalid(check, at, [...resources], "if '*/*' is present, must not specify other resources");
  if (resources.includes('*') && hasPlain)
    invalid(check, at, [...resources], "if '*' is present, must not specify other resources without subresources");
}

function checkReviewVersions(check: Check, value: Json | undefined, at: Place): void {
  const versions = texts(value);
  if (versions.length === 0) {
    required(check, at, 'must specify one of v1, v1beta1');
    return;
  }
  for (const [index, version] of versions.entries()) {
    if (versions.indexOf(version) < index) {
      invalid(check, item(at, index), version, 'duplicate version');
      continue;
    }
    for (const message of dns1035Errors(version)) invalid(check, item(at, index), version, message);
  }
  if (!versions.includes('v1') && !versions.includes('v1beta1'))
    invalid(check, at, [...versions], 'must include at least one of v1, v1beta1');
}

const FORM = '; desired format: https://host[/path]';

/** Mirrors ValidateWebhookURL. */
export function checkUrl(check: Check, written: string, at: Place): void {
  const { scheme, authority, query, fragment } = urlParts(written);
  if (written.startsWith(':') || authority.includes(' ') || hasControls(written)) {
    required(check, at, `url must be a valid URL: parse ${JSON.stringify(written)}: ${parseFault(written)}${FORM}`);
    return;
  }
  if (scheme.toLowerCase() !== 'https')
    invalid(check, at, scheme.toLowerCase(), `'https' is the only allowed URL scheme${FORM}`);
  const user = authority.lastIndexOf('@');
  if (authority.slice(user + 1) === '') invalid(check, at, '', `host must be specified${FORM}`);
  if (user >= 0) invalid(check, at, authority.slice(0, user), 'user information is not permitted in the URL');
  if (fragment.length > 1) invalid(check, at, fragment.slice(1), 'fragments are not permitted in the URL');
  if (query.length > 1) invalid(check, at, query.slice(1), 'query parameters are not permitted in the URL');
}

interface UrlParts {
  readonly scheme: string;
  readonly authority: string;
  readonly query: string;
  readonly fragment: string;
}

/** Mirrors net/url's order of taking a URL apart: the fragment first, then the scheme, then the query. */
function urlParts(written: string): UrlParts {
  const [before = '', ...after] = written.split('#');
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(before)?.[1] ?? '';
  const [hierarchy = '', ...queries] = before.slice(scheme === '' ? 0 : scheme.length + 1).split('?');
  const authority = hierarchy.startsWith('//') ? (hierarchy.slice(2).split('/')[0] ?? '') : '';
  const query = queries.length === 0 ? '' : `?${queries.join('?')}`;
  return { scheme, authority, query, fragment: after.length === 0 ? '' : `#${after.join('#')}` };
}

function hasControls(written: string): boolean {
  return Array.from(written).some((char) => char < ' ');
}

function parseFault(written: string): string {
  if (written.startsWith(':')) return 'missing protocol scheme';
  if (hasControls(written)) return 'net/url: invalid control character in URL';
  return 'invalid character " " in host name';
}

/** Mirrors ValidateWebhookService, which is called with name and namespace the wrong way round. */
export function checkServiceReference(check: Check, service: JsonObject, at: Place, swapped: boolean): void {
  const [name, namespace] = swapped ? [service.namespace, service.name] : [service.name, service.namespace];
  if (text(name) === '') required(check, field(at, 'name'));
  if (text(namespace) === '') required(check, field(at, 'namespace'));
  const wrong = portNumberErrors(numberOf(service.port));
  if (wrong.length > 0)
    invalid(check, field(at, 'port'), numberOf(service.port), `port is not valid: ${wrong.join(', ')}`);
  const path = text(service.path);
  if (path === '/' || path === '') return;
  const complain = (detail: string): void => {
    invalid(check, field(at, 'path'), path, detail);
  };
  if (path === '//') {
    complain('segment[0] may not be empty');
    return;
  }
  if (!path.startsWith('/')) complain("must start with a '/'");
  for (const [index, step] of path.slice(1).replace(/\/$/, '').split('/').entries()) {
    if (step === '') complain(`segment[${index}] may not be empty`);
    else for (const message of dnsSubdomainErrors(step)) complain(`segment[${index}]: ${message}`);
  }
}

function checkClient(check: Check, config: JsonObject, at: Place): void {
  const { url, service } = config;
  if ((url === undefined) === (service === undefined)) required(check, at, 'exactly one of url or service is required');
  else if (url !== undefined) checkUrl(check, text(url), field(at, 'url'));
  else if (isObject(service)) checkServiceReference(check, service, field(at, 'service'), true);
}

const EFFECTS = ['None', 'NoneOnDryRun'];

function hook(isMutating: boolean): Rule {
  return (check, value, at) => {
    const written = record(value);
    table(
      ['name', fullyQualifiedName],
      ['rules', each(ruleOf(true))],
      ['failurePolicy', present(oneOf('Fail', 'Ignore'))],
      ['matchPolicy', present(oneOf('Equivalent', 'Exact'))],
    )(check, written, at);
    const effects = field(at, 'sideEffects');
    if (written.sideEffects === undefined) required(check, effects, `must specify one of ${EFFECTS.join(', ')}`);
    else oneOf(...EFFECTS)(check, written.sideEffects, effects);
    const { timeoutSeconds: seconds } = written;
    if (seconds !== undefined && (numberOf(seconds) < 1 || numberOf(seconds) > 30))
      invalid(check, field(at, 'timeoutSeconds'), seconds, 'the timeout value must be between 1 and 30 seconds');
    labelSelector(check, written.namespaceSelector, field(at, 'namespaceSelector'));
    labelSelector(check, written.objectSelector, field(at, 'objectSelector'));
    if (isMutating)
      present(oneOf('IfNeeded', 'Never'))(check, written.reinvocationPolicy, field(at, 'reinvocationPolicy'));
    checkClient(check, record(written.clientConfig), field(at, 'clientConfig'));
    checkConditions(check, written.matchConditions, field(at, 'matchConditions'));
    checkReviewVersions(check, written.admissionReviewVersions, field(at, 'admissionReviewVersions'));
  };
}

function webhooks(isMutating: boolean): KindCheck {
  const rule = hook(isMutating);
  return kindCheck(false, {
    finalizers: false,
    again: 'all',
    rest: (check, object) => {
      const names = new Set<string>();
      for (const [index, one] of list(object.webhooks).entries()) {
        const at = item(field(undefined, 'webhooks'), index);
        rule(check, one, at);
        const name = text(record(one).name);
        if (name !== '' && names.has(name)) duplicate(check, field(at, 'name'), name);
        names.add(name);
      }
    },
  });
}

export const validatingWebhooksCheck = webhooks(false);
export const mutatingWebhooksCheck = webhooks(true);
