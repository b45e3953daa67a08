import { isObject, record, text } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { type Check, invalid, required } from '../../check/check.ts';
import { dns1035Errors, portNumberErrors } from '../../check/formats.ts';
import { field, fieldAt } from '../../check/place.ts';
import { numberOf } from '../../check/values.ts';
import { dnsSubdomainErrors, pathSegmentErrors } from '../../name-formats.ts';
import { kindCheck } from '../kind-check.ts';

/*
 * Kinds with little to check. Mirrors pkg/apis/{policy,scheduling,storage,node,coordination,certificates}/validation and kube-aggregator's, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const API_SERVICE_PORT = (check: Check, service: JsonObject): void => {
  const at = fieldAt(SPEC, 'service', 'port');
  const wrong = portNumberErrors(numberOf(service.port));
  if (wrong.length > 0) invalid(check, at, numberOf(service.port), `port is not valid: ${wrong.join(', ')}`);
};

function checkAPIService(check: Check, object: JsonObject): void {
  const spec = record(object.spec);
  const [group, version] = [text(spec.group), text(spec.version)];
  if (group === '' && version !== 'v1')
    required(check, field(SPEC, 'group'), 'only v1 may have an empty group and it better be legacy kube');
  if (group !== '')
    for (const message of dnsSubdomainErrors(group)) invalid(check, field(SPEC, 'group'), group, message);
  for (const message of dns1035Errors(version)) invalid(check, field(SPEC, 'version'), version, message);
  const least = numberOf(spec.groupPriorityMinimum);
  if (least <= 0 || least > 20000)
    invalid(check, field(SPEC, 'groupPriorityMinimum'), least, 'must be positive and less than 20000');
  const priority = numberOf(spec.versionPriority);
  if (priority <= 0 || priority > 1000)
    invalid(check, field(SPEC, 'versionPriority'), priority, 'must be positive and less than 1000');
  const skips = spec.insecureSkipTLSVerify === true;
  if (!isObject(spec.service)) {
    if (text(spec.caBundle) !== '')
      invalid(
        check,
        field(SPEC, 'caBundle'),
        `${Math.floor((text(spec.caBundle).replace(/=+$/, '').length * 3) / 4)} bytes`,
        'local APIServices may not have a caBundle',
      );
    if (skips)
      invalid(
        check,
        field(SPEC, 'insecureSkipTLSVerify'),
        true,
        'local APIServices may not have insecureSkipTLSVerify',
      );
    return;
  }
  for (const name of ['namespace', 'name'])
    if (text(spec.service[name]) === '') required(check, fieldAt(SPEC, 'service', name));
  API_SERVICE_PORT(check, spec.service);
  if (skips && text(spec.caBundle) !== '')
    invalid(check, field(SPEC, 'insecureSkipTLSVerify'), true, 'may not be true if caBundle is present');
}

/** The name of an APIService says what it serves. */
export const apiServiceCheck = {
  create: (check: Check, object: JsonObject): void => {
    apiServiceParts(object).create(check, object);
  },
  update: (check: Check, object: JsonObject, old: JsonObject): void => {
    apiServiceParts(object).update(check, object, old);
  },
};

function apiServiceParts(object: JsonObject): ReturnType<typeof kindCheck> {
  const { version, group } = record(object.spec);
  const wanted = `${text(version)}.${text(group)}`;
  return kindCheck(false, {
    finalizers: false,
    prefix: true,
    again: 'all',
    name: (name) => {
      const wrong = pathSegmentErrors(name);
      if (wrong.length > 0) return wrong;
      return name === wanted ? [] : [`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`];
    },
    rest: checkAPIService,
  });
}
