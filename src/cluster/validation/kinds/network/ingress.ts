import { isObject, record, text } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { sloppyAddress } from '../../check/addresses.ts';
import { type Check, forbidden, invalid, required, tooLong, unsupported } from '../../check/check.ts';
import { dns1035Errors, portNameErrors, portNumberErrors, wildcardErrors } from '../../check/formats.ts';
import { checkImmutable } from '../../check/immutable.ts';
import { metadataIn } from '../../check/metadata.ts';
import { field, fieldAt, type Place } from '../../check/place.ts';
import { each, filled, format, isEmpty, present, type Rule, table } from '../../check/rules.ts';
import { numberOf } from '../../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors, pathSegmentErrors } from '../../name-formats.ts';
import { domainPrefixedPath } from '../server/domain-names.ts';
import { kindCheck } from '../kind-check.ts';

/*
 * Ingresses and their classes. Mirrors pkg/apis/networking/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');
const CLASS = 'kubernetes.io/ingress.class';
const TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const INSIDE = ['//', '/./', '/../', '%2f', '%2F'];
const AT_END = ['/..', '/.'];
const FIRST_SHORT_WORDS = 27;
const FIRST_SAME_CLASS = 29;

const reference: Rule = (check, value, at) => {
  const isShort = check.minor >= FIRST_SHORT_WORDS;
  const name =
    (what: string): Rule =>
    (inner, written, place) => {
      if (text(written) === '') required(inner, place, isShort ? '' : `${what} is required`);
      else format(pathSegmentErrors)(inner, written, place);
    };
  table(['apiGroup', present(format(dnsSubdomainErrors))], ['kind', name('kind')], ['name', name('name')])(
    check,
    value,
    at,
  );
};

const host: Rule = filled((check, value, at) => {
  format(text(value).includes('*') ? wildcardErrors : dnsSubdomainErrors)(check, value, at);
});

const backend: Rule = (check, value, at) => {
  const { resource, service } = record(value);
  if (isObject(resource) && isObject(service)) invalid(check, at, '', 'cannot set both resource and service backends');
  else if (isObject(resource)) reference(check, resource, field(at, 'resource'));
  else if (!isObject(service)) invalid(check, at, '', 'resource or service backend is required');
  else checkService(check, service, at);
};

function checkService(check: Check, service: JsonObject, at: Place): void {
  const place = fieldAt(at, 'service', 'name');
  if (text(service.name) === '') required(check, place);
  else format(check.minor >= FIRST_RELAXED_NAMES ? dnsLabelErrors : dns1035Errors)(check, service.name, place);
  const { name, number } = record(service.port);
  if (text(name) !== '' && numberOf(number) !== 0) invalid(check, at, '', 'cannot set both port name & port number');
  else if (text(name) !== '')
    for (const message of portNameErrors(text(name), check.minor))
      invalid(check, fieldAt(at, 'service', 'port', 'name'), text(name), message);
  else if (numberOf(number) !== 0)
    for (const message of portNumberErrors(numberOf(number)))
      invalid(check, fieldAt(at, 'service', 'port', 'number'), number, message);
  else required(check, at, 'port name or number is required');
}

const FIRST_RELAXED_NAMES = 36;

const path: Rule = (check, value, at) => {
  const { pathType, path: written, backend: target } = record(value);
  if (pathType === undefined) {
    required(check, field(at, 'pathType'), 'pathType must be specified');
    return;
  }
  const spelled = text(written);
  const wrong = (detail: string): void => {
    invalid(check, field(at, 'path'), spelled, detail);
  };
  if (pathType === 'Exact' || pathType === 'Prefix') {
    if (!spelled.startsWith('/')) wrong('must be an absolute path');
    for (const part of INSIDE) if (spelled.includes(part)) wrong(`must not contain '${part}'`);
    for (const part of AT_END) if (spelled.endsWith(part)) wrong(`cannot end with '${part}'`);
  } else if (pathType === 'ImplementationSpecific') {
    if (spelled !== '' && !spelled.startsWith('/')) wrong('must be an absolute path');
  } else unsupported(check, field(at, 'pathType'), pathType, TYPES);
  backend(check, target, field(at, 'backend'));
};

const rule: Rule = (check, value, at) => {
  const { host: written, http } = record(value);
  if (text(written) !== '' && sloppyAddress(text(written)) !== undefined)
    invalid(check, field(at, 'host'), text(written), 'must be a DNS name, not an IP address');
  host(check, written, field(at, 'host'));
  if (!isObject(http)) return;
  const place = fieldAt(at, 'http', 'paths');
  if (isEmpty(http.paths)) required(check, place);
  each(path)(check, http.paths, place);
};

const tls: Rule = (check, value, at) => {
  const { hosts, secretName } = record(value);
  each((inner, one, place) => {
    format(text(one).includes('*') ? wildcardErrors : dnsSubdomainErrors)(inner, one, place);
  })(check, hosts, field(at, 'hosts'));
  filled(format(dnsSubdomainErrors))(check, secretName, field(at, 'secretName'));
};

function checkSpec(check: Check, spec: JsonObject): void {
  if (isEmpty(spec.rules) && !isObject(spec.defaultBackend)) {
    const printed = { go: '[]networking.IngressRule(nil)', json: Array.isArray(spec.rules) ? '[]' : 'null' };
    const go = Array.isArray(spec.rules) ? '[]networking.IngressRule{}' : printed.go;
    invalid(check, SPEC, { ...printed, go }, 'either `defaultBackend` or `rules` must be specified');
  }
  table(
    ['defaultBackend', present(backend)],
    ['rules', each(rule)],
    ['tls', each(tls)],
    ['ingressClassName', present(format(dnsSubdomainErrors))],
  )(check, spec, SPEC);
}

export const ingressCheck = kindCheck(true, {
  again: 'all',
  rest: (check, object, old) => {
    const spec = record(object.spec);
    checkSpec(check, spec);
    if (old !== undefined) return;
    const annotation = record(metadataIn(object).annotations)[CLASS];
    if (annotation === undefined || spec.ingressClassName === undefined) return;
    const at = fieldAt(undefined, 'annotations', CLASS);
    if (check.minor < FIRST_SAME_CLASS)
      invalid(check, at, annotation, 'can not be set when the class field is also set');
    else if (annotation !== spec.ingressClassName)
      invalid(check, at, annotation, 'must match `ingressClassName` when both are specified');
  },
});

const parameters: Rule = present((check, value, at) => {
  reference(check, value, at);
  const { scope, namespace } = record(value);
  if (scope === undefined) {
    required(check, field(at, 'scope'));
    return;
  }
  if (scope !== 'Cluster' && scope !== 'Namespace')
    unsupported(check, field(at, 'scope'), scope, ['Cluster', 'Namespace']);
  const place = field(at, 'namespace');
  if (scope === 'Namespace') {
    if (namespace === undefined) required(check, place, "`parameters.scope` is set to 'Namespace'");
    else format(dnsLabelErrors)(check, namespace, place);
  } else if (scope === 'Cluster' && namespace !== undefined)
    forbidden(check, place, "`parameters.scope` is set to 'Cluster'");
});

const MOST_CONTROLLER = 250;

export const ingressClassCheck = kindCheck(false, {
  again: 'all',
  changeFirst: true,
  rest: (check, object) => {
    const { controller, parameters: written } = record(object.spec);
    if (text(controller).length > MOST_CONTROLLER) tooLong(check, field(SPEC, 'controller'), MOST_CONTROLLER);
    domainPrefixedPath(check, controller, field(SPEC, 'controller'));
    parameters(check, written, field(SPEC, 'parameters'));
  },
  change: (check, object, old) => {
    const [now, before] = [record(object.spec).controller, record(old.spec).controller];
    checkImmutable(check, text(now), text(before), field(SPEC, 'controller'));
  },
});
