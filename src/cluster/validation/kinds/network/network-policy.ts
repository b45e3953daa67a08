import { isObject, list, record, text, texts } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { parseCidr } from '../../../../lang/addresses/cidr.ts';
import { checkCidr, isStrictSubset } from '../../check/addresses.ts';
import { type Check, declaratively, forbidden, invalid, required, unsupported } from '../../check/check.ts';
import { portNameErrors, portNumberErrors } from '../../check/formats.ts';
import { field, item, type Place } from '../../check/place.ts';
import { each, isEmpty, type Rule } from '../../check/rules.ts';
import { labelSelector, numberOf } from '../../check/values.ts';
import { kindCheck, LAST_WHOLE } from '../kind-check.ts';

/*
 * Network policies. Mirrors pkg/apis/networking/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');
const FIRST_CIDR_WORDS = 33;

const port: Rule = (check, value, at) => {
  const { port: number, endPort, protocol } = record(value);
  const end = field(at, 'endPort');
  if (protocol !== undefined && !['TCP', 'UDP', 'SCTP'].includes(text(protocol)))
    unsupported(check, field(at, 'protocol'), protocol, ['TCP', 'UDP', 'SCTP']);
  if (number === undefined) {
    if (endPort !== undefined) invalid(check, end, endPort, 'may not be specified when `port` is not specified');
  } else if (typeof number === 'string') {
    if (endPort !== undefined) invalid(check, end, endPort, 'may not be specified when `port` is non-numeric');
    for (const message of portNameErrors(number, check.minor)) invalid(check, field(at, 'port'), number, message);
  } else {
    for (const message of portNumberErrors(numberOf(number))) invalid(check, field(at, 'port'), number, message);
    if (endPort === undefined) return;
    if (numberOf(endPort) < numberOf(number)) invalid(check, end, endPort, 'must be greater than or equal to `port`');
    for (const message of portNumberErrors(numberOf(endPort))) invalid(check, end, endPort, message);
  }
};

const peer: Rule = (check, value, at) => {
  const { podSelector, namespaceSelector, ipBlock } = record(value);
  labelSelector(check, podSelector, field(at, 'podSelector'));
  labelSelector(check, namespaceSelector, field(at, 'namespaceSelector'));
  if (isObject(ipBlock)) checkBlock(check, ipBlock, field(at, 'ipBlock'));
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (!selects && ipBlock === undefined) required(check, at, 'must specify a peer');
  else if (selects && ipBlock !== undefined) forbidden(check, at, 'may not specify both ipBlock and another peer');
};

function checkBlock(check: Check, { cidr, except }: JsonObject, at: Place): void {
  const block = text(cidr);
  if (block === '') {
    declaratively(check, (late) => {
      required(late, field(at, 'cidr'));
    });
    return;
  }
  if (!checkOne(check, block, field(at, 'cidr'))) return;
  for (const [index, inner] of texts(except).entries()) {
    const place = item(field(at, 'except'), index);
    if (checkOne(check, inner, place) && !isStrictSubset(inner, block))
      invalid(check, place, inner, 'must be a strict subset of `cidr`');
  }
}

/** Whether it can be read at all. */
function checkOne(check: Check, block: string, at: Place): boolean {
  const isReadable = parseCidr(block, { leadingZeros: true }) !== undefined;
  if (check.minor >= FIRST_CIDR_WORDS) checkCidr(check, block, at);
  else if (!isReadable) invalid(check, at, block, 'not a valid CIDR');
  return isReadable;
}

function checkTypes(check: Check, value: Json | undefined): void {
  const at = field(SPEC, 'policyTypes');
  const types = texts(value);
  if (types.length > 2) {
    const printed = { go: '&[]networking.PolicyType{...}', json: JSON.stringify(types) };
    invalid(check, at, printed, 'may not specify more than two policyTypes');
    return;
  }
  for (const [index, type] of types.entries())
    if (type !== 'Ingress' && type !== 'Egress') unsupported(check, item(at, index), type, ['Ingress', 'Egress']);
}

export const networkPolicyCheck = kindCheck(true, {
  wholeUntil: LAST_WHOLE,
  rest: (check, object) => {
    const spec = record(object.spec);
    labelSelector(check, spec.podSelector, field(SPEC, 'podSelector'));
    for (const [name, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      if (isEmpty(spec[name])) continue;
      each((inner, rule, at) => {
        each(port)(inner, record(rule).ports, field(at, 'ports'));
        each(peer)(inner, record(rule)[peers], field(at, peers));
      })(check, spec[name], field(SPEC, name));
    }
    checkTypes(check, list(spec.policyTypes).map(text));
  },
});
