import { isObject, record, text, texts } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, declaratively, forbidden, invalid, required, unsupported } from '../../check/check.ts';
import { metadataIn } from '../../check/metadata.ts';
import { field, fieldAt, item, type Place } from '../../check/place.ts';
import { each, format, isEmpty, needed, type Rule } from '../../check/rules.ts';
import { numberOf } from '../../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../../name-formats.ts';
import { kindCheck } from '../kind-check.ts';

/*
 * Flow control. Mirrors pkg/apis/flowcontrol/validation, v1.24 and v1.37; what the schemas and levels of the server itself must hold is left out.
 */

const SPEC = field(undefined, 'spec');
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];
const MOST_PRECEDENCE = 10000;
const FIRST_DECLARATIVE = 36;
const FIRST_NOMINAL_SHARES = 26;

function checkVerbs(check: Check, value: Json | undefined, at: Place): void {
  const verbs = texts(value);
  if (verbs.length === 0) required(check, at, 'verbs must contain at least one value');
  else if (verbs.includes('*')) {
    if (verbs.length > 1) invalid(check, at, [...verbs], "if '*' is present, must not specify other verbs");
  } else if (verbs.some((verb) => !VERBS.includes(verb))) unsupported(check, at, [...verbs], VERBS);
}

const KINDS: Readonly<Record<string, string>> = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' };
const ORDER = ['serviceAccount', 'user', 'group'];

const subject: Rule = (check, value, at) => {
  const written = record(value);
  const kind = text(written.kind);
  const name = KINDS[kind];
  if (name === undefined) {
    unsupported(check, field(at, 'kind'), kind, ['Group', 'ServiceAccount', 'User']);
    return;
  }
  const place = field(at, name);
  const own = written[name];
  if (!isObject(own)) required(check, place, `${name} is required when subject kind is '${kind}'`);
  else {
    if (text(own.name) === '') required(check, field(place, 'name'));
    else if (name === 'serviceAccount' && own.name !== '*')
      format(dnsSubdomainErrors)(check, own.name, field(place, 'name'));
    if (name === 'serviceAccount')
      needed('must specify namespace for service account', format(dnsLabelErrors))(
        check,
        own.namespace,
        field(place, 'namespace'),
      );
  }
  for (const other of ORDER) {
    if (other === name || written[other] === undefined) continue;
    const of = Object.keys(KINDS).find((each) => KINDS[each] === other) ?? '';
    forbidden(check, field(at, other), `${other} is forbidden when subject kind is not '${of}'`);
  }
};

function checkAlone(check: Check, value: Json | undefined, at: Place, missing: string, words: string): void {
  const written = texts(value);
  if (written.length === 0) required(check, at, missing);
  else if (written.length > 1 && written.includes('*'))
    invalid(check, at, [...written], `if '*' is present, must not specify other ${words}`);
}

const resourceRule: Rule = (check, value, at) => {
  const { verbs, apiGroups, resources, namespaces, clusterScope } = record(value);
  checkVerbs(check, verbs, field(at, 'verbs'));
  checkAlone(
    check,
    apiGroups,
    field(at, 'apiGroups'),
    'resource rules must supply at least one api group',
    'api groups',
  );
  checkAlone(check, resources, field(at, 'resources'), 'resource rules must supply at least one resource', 'resources');
  const place = field(at, 'namespaces');
  const names = texts(namespaces);
  if (names.length === 0 && clusterScope !== true)
    required(check, place, 'resource rules that are not cluster scoped must supply at least one namespace');
  else if (names.includes('*')) {
    if (names.length > 1) invalid(check, place, [...names], "if '*' is present, must not specify other namespaces");
  } else
    for (const [index, name] of names.entries())
      for (const message of dnsLabelErrors(name, check.minor))
        invalid(
          check,
          item(place, index),
          name,
          `each member of this list must be '*' or a DNS-1123 label; ${message}`,
        );
};

const urlRule: Rule = (check, value, at) => {
  const { verbs, nonResourceURLs } = record(value);
  checkVerbs(check, verbs, field(at, 'verbs'));
  const place = field(at, 'nonResourceURLs');
  const missing = 'nonResourceURLs must contain at least one value';
  checkAlone(check, nonResourceURLs, place, missing, 'non-resource URLs');
  if (texts(nonResourceURLs).includes('*')) return;
  for (const [index, url] of texts(nonResourceURLs).entries()) checkUrlPath(check, url, item(place, index));
};

/** Mirrors ValidateNonResourceURLPath. */
function checkUrlPath(check: Check, url: string, at: Place): void {
  const complain = (detail: string): void => {
    invalid(check, at, url, detail);
  };
  if (url === '') complain('must not be empty');
  else if (url === '/') return;
  else if (!url.startsWith('/')) complain('must start with slash');
  else if (url.includes(' ')) complain('must not contain white-space');
  else if (url.includes('//')) complain('must not contain double slash');
  else if (url.split('*').length - 1 > 1 || (url.includes('*') && !url.endsWith('/*')))
    complain('wildcard can only do suffix matching');
}

const policyRules: Rule = (check, value, at) => {
  const { subjects, resourceRules, nonResourceRules } = record(value);
  if (isEmpty(subjects)) required(check, field(at, 'subjects'), 'subjects must contain at least one value');
  each(subject)(check, subjects, field(at, 'subjects'));
  if (isEmpty(resourceRules) && isEmpty(nonResourceRules))
    required(check, at, 'at least one of resourceRules and nonResourceRules has to be non-empty');
  each(resourceRule)(check, resourceRules, field(at, 'resourceRules'));
  each(urlRule)(check, nonResourceRules, field(at, 'nonResourceRules'));
};

export const flowSchemaCheck = kindCheck(false, {
  again: 'all',
  rest: (check, object) => {
    const spec = record(object.spec);
    const precedence = numberOf(spec.matchingPrecedence);
    const at = field(SPEC, 'matchingPrecedence');
    if (precedence <= 0) invalid(check, at, precedence, 'must be a positive value');
    if (precedence > MOST_PRECEDENCE) invalid(check, at, precedence, `must not be greater than ${MOST_PRECEDENCE}`);
    if (precedence === 1 && metadataIn(object).name !== 'exempt')
      invalid(check, at, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
    const method = spec.distinguisherMethod;
    if (isObject(method) && method.type !== 'ByUser' && method.type !== 'ByNamespace') {
      const printed = {
        go: `flowcontrol.FlowDistinguisherMethod{Type:${JSON.stringify(text(method.type))}}`,
        json: JSON.stringify({ Type: text(method.type) }),
      };
      unsupported(check, fieldAt(SPEC, 'distinguisherMethod', 'type'), printed, ['ByNamespace', 'ByUser']);
    }
    const name = record(spec.priorityLevelConfiguration).name;
    needed('must reference a priority level', format(dnsSubdomainErrors))(
      check,
      name,
      fieldAt(SPEC, 'priorityLevelConfiguration', 'name'),
    );
    each(policyRules)(check, spec.rules, field(SPEC, 'rules'));
  },
});

function late(check: Check, old: (inner: Check) => void, at: Place): void {
  declaratively(check, (inner) => {
    if (check.minor >= FIRST_DECLARATIVE) required(inner, at);
    else old(inner);
  });
}

function checkLimited(check: Check, limited: JsonObject, apiVersion: string, at: Place): void {
  const isOld = /v1beta[12]$/.test(apiVersion);
  const name = isOld ? 'assuredConcurrencyShares' : 'nominalConcurrencyShares';
  const shares = numberOf(limited[name]);
  if (check.minor < FIRST_NOMINAL_SHARES) {
    if (shares <= 0) invalid(check, field(at, name), shares, 'must be positive');
  } else if (shares < 0) invalid(check, field(at, name), shares, 'must be a non-negative integer');
  const response = record(limited.limitResponse);
  const place = field(at, 'limitResponse');
  if (response.type === 'Reject') {
    if (response.queuing !== undefined)
      forbidden(check, field(place, 'queuing'), 'must be nil if limited.limitResponse.type is not Limited');
  } else if (response.type === 'Queue') {
    if (isObject(response.queuing)) checkQueues(check, response.queuing, field(place, 'queuing'));
    else
      late(
        check,
        (inner) => {
          required(inner, field(place, 'queuing'), 'must not be empty if limited.limitResponse.type is Limited');
        },
        field(place, 'queuing'),
      );
  } else if (text(response.type) === '')
    late(
      check,
      (inner) => {
        required(inner, field(place, 'type'));
      },
      field(place, 'type'),
    );
  else unsupported(check, field(place, 'type'), text(response.type), ['Queue', 'Reject']);
  const { lendablePercent: lent, borrowingLimitPercent: borrowed } = limited;
  if (lent !== undefined && (numberOf(lent) < 0 || numberOf(lent) > 100))
    invalid(check, field(at, 'lendablePercent'), lent, 'must be between 0 and 100, inclusive');
  if (borrowed !== undefined && numberOf(borrowed) < 0)
    invalid(check, field(at, 'borrowingLimitPercent'), borrowed, 'if specified, must be a non-negative integer');
}

function checkQueues(check: Check, queuing: JsonObject, at: Place): void {
  const [queues, hands, length] = [
    numberOf(queuing.queues),
    numberOf(queuing.handSize),
    numberOf(queuing.queueLengthLimit),
  ];
  const complain = (name: string, value: number, detail: string): void => {
    invalid(check, field(at, name), value, detail);
  };
  if (queues <= 0) complain('queues', queues, 'must be positive');
  else if (queues > 10000000) complain('queues', queues, 'must not be greater than 10000000');
  if (hands <= 0) complain('handSize', hands, 'must be positive');
  else if (hands > queues) complain('handSize', hands, `should not be greater than queues (${queues})`);
  if (length <= 0) complain('queueLengthLimit', length, 'must be positive');
}

export const priorityLevelCheck = kindCheck(false, {
  again: 'all',
  rest: (check, object) => {
    const spec = record(object.spec);
    const type = text(spec.type);
    const at = field(SPEC, 'type');
    if ((metadataIn(object).name === 'exempt') !== (type === 'Exempt'))
      invalid(check, at, type, "must be 'Exempt' if and only if `name` is 'exempt'");
    if (type === 'Exempt') {
      if (spec.limited !== undefined)
        forbidden(check, field(SPEC, 'limited'), 'must be nil if the type is not Limited');
    } else if (type === 'Limited') {
      if (spec.exempt !== undefined) forbidden(check, field(SPEC, 'exempt'), 'must be nil if the type is Limited');
      if (isObject(spec.limited)) checkLimited(check, spec.limited, text(object.apiVersion), field(SPEC, 'limited'));
      else
        late(
          check,
          (inner) => {
            required(inner, field(SPEC, 'limited'), 'must not be empty when type is Limited');
          },
          field(SPEC, 'limited'),
        );
    } else if (type === '' && check.minor >= FIRST_DECLARATIVE)
      late(
        check,
        (inner) => {
          required(inner, at);
        },
        at,
      );
    else unsupported(check, at, type, ['Exempt', 'Limited']);
  },
});
