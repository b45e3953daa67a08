import { readResourceList } from '../../../../lang/resource-list.ts';
import { list, record, text, texts } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { checkAddress, checkCidr, checkNotSpecial, sloppyAddress } from '../../check/addresses.ts';
import { type Check, duplicate, forbidden, goJson, invalid, required } from '../../check/check.ts';
import { portNumberErrors } from '../../check/formats.ts';
import { field, fieldAt, item } from '../../check/place.ts';
import { each, filled, format, isEmpty, needed, oneOf, present, type Rule, table } from '../../check/rules.ts';
import { labelName, numberOf } from '../../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors, labelValueErrors } from '../../name-formats.ts';
import { checkAmount } from '../../pods/resources.ts';
import { EFFECTS } from '../../pods/scheduling.ts';
import { isSame } from '../../check/immutable.ts';
import { kindCheck } from '../kind-check.ts';

/*
 * Small kinds of the core group. Mirrors pkg/apis/core/validation, v1.24 and v1.37.
 */

const METADATA = field(undefined, 'metadata');

const SPEC = field(undefined, 'spec');

const endpointPort = (isOneOfMany: boolean): Rule =>
  table(
    ['name', isOneOfMany ? needed('', format(dnsLabelErrors)) : filled(format(dnsLabelErrors))],
    [
      'port',
      (check, value, at) => {
        for (const message of portNumberErrors(numberOf(value))) invalid(check, at, numberOf(value), message);
      },
    ],
    ['protocol', needed('', oneOf('SCTP', 'TCP', 'UDP'))],
    ['appProtocol', present(labelName)],
  );

const endpointAddress: Rule = (check, value, at) => {
  const { ip, hostname, nodeName } = record(value);
  checkAddress(check, text(ip), field(at, 'ip'));
  filled(format(dnsLabelErrors))(check, hostname, field(at, 'hostname'));
  present(format(dnsSubdomainErrors))(check, nodeName, field(at, 'nodeName'));
  checkNotSpecial(check, text(ip), field(at, 'ip'));
};

const subset: Rule = (check, value, at) => {
  const { addresses, notReadyAddresses, ports } = record(value);
  if (isEmpty(addresses) && isEmpty(notReadyAddresses))
    required(check, at, 'must specify `addresses` or `notReadyAddresses`');
  table(
    ['addresses', each(endpointAddress)],
    ['notReadyAddresses', each(endpointAddress)],
    ['ports', each(endpointPort(list(ports).length > 1))],
  )(check, value, at);
};

const FIRST_SAME_SUBSETS = 33;

export const endpointsCheck = kindCheck(true, {
  again: 'all',
  rest: (check, object, old) => {
    if (old !== undefined && check.minor >= FIRST_SAME_SUBSETS && isSame(object.subsets, old.subsets)) return;
    each(subset)(check, object.subsets, field(undefined, 'subsets'));
  },
});

function checkTaints(check: Check, value: Json | undefined): void {
  const seen = new Set<string>();
  for (const [index, one] of list(value).entries()) {
    const at = item(field(METADATA, 'taints'), index);
    const { key, value: written, effect, timeAdded } = record(one);
    labelName(check, key, field(at, 'key'));
    const wrong = labelValueErrors(text(written), check.minor);
    if (wrong.length > 0) invalid(check, field(at, 'value'), text(written), wrong.join(';'));
    needed('', oneOf(...EFFECTS))(check, effect, field(at, 'effect'));
    const pair = `${text(effect)} ${text(key)}`;
    if (seen.has(pair)) {
      const printed = {
        go: `core.Taint{Key:${JSON.stringify(text(key))}, Value:${JSON.stringify(text(written))}, Effect:${JSON.stringify(text(effect))}, TimeAdded:<nil>}`,
        json: goJson({ Key: text(key), Value: text(written), Effect: text(effect), TimeAdded: timeAdded ?? null }),
      };
      duplicate(check, at, printed, 'taints must be unique by key and effect pair');
    }
    seen.add(pair);
  }
}

function checkNodeAmounts(check: Check, object: JsonObject): void {
  const status = record(object.status);
  for (const name of ['capacity', 'allocatable'])
    for (const [resource, quantity] of readResourceList(record(status[name])))
      checkAmount(check, resource, quantity, fieldAt(undefined, 'status', name, resource));
}

/** From here on blocks of pods are held to the rules of other blocks. */
const FIRST_CIDR_WORDS = 33;

export const nodeCheck = kindCheck(false, {
  wholeUntil: Infinity,
  rest: (check, object, old) => {
    const spec = record(object.spec);
    if (old !== undefined) {
      checkNodeAmounts(check, object);
      checkNodeChange(check, spec, record(old.spec));
      checkTaints(check, spec.taints);
      return;
    }
    checkTaints(check, spec.taints);
    checkNodeAmounts(check, object);
    const blocks = texts(spec.podCIDRs);
    const at = field(SPEC, 'podCIDRs');
    for (const [index, block] of blocks.entries()) {
      if (check.minor >= FIRST_CIDR_WORDS) checkCidr(check, block, item(at, index));
      else if (!isBlock(block)) invalid(check, item(at, index), [...blocks], 'must be valid CIDR');
    }
    if (blocks.length > 2) invalid(check, at, [...blocks], 'may specify no more than one CIDR for each IP family');
  },
});

function isBlock(block: string): boolean {
  const [address = '', bits = ''] = block.split('/');
  const parsed = sloppyAddress(address);
  return parsed !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= (parsed.family === 4 ? 32 : 128);
}

const FIRST_PROVIDER_WORDS = 35;

function checkNodeChange(check: Check, spec: JsonObject, old: JsonObject): void {
  const [now, before] = [texts(spec.podCIDRs), texts(old.podCIDRs)];
  const detail = 'node updates may not change podCIDR except from "" to valid';
  if (before.length > 0) {
    if (now.length !== before.length) forbidden(check, field(SPEC, 'podCIDRs'), detail);
    else
      for (const [index, block] of before.entries())
        if (block !== now[index]) forbidden(check, field(SPEC, 'podCIDRs'), detail);
  }
  const [id, oldId] = [text(spec.providerID), text(old.providerID)];
  if (oldId === '' || id === oldId) return;
  if (check.minor < FIRST_PROVIDER_WORDS)
    forbidden(check, field(SPEC, 'providerID'), 'node updates may not change providerID except from "" to valid');
  else
    invalid(check, field(SPEC, 'providerID'), null, `field cannot be ${id === '' ? 'cleared' : 'modified'} once set`);
}
