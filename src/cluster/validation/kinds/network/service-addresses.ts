import { text, texts } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { checkAddress, sloppyAddress } from '../../check/addresses.ts';
import { type Check, duplicate, invalid, required, unsupported } from '../../check/check.ts';
import { field, item, type Place } from '../../check/place.ts';
import { oneOf, present } from '../../check/rules.ts';

/*
 * Services. Mirrors ValidateService of pkg/apis/core/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

export function isHeadless(spec: JsonObject): boolean {
  const addresses = texts(spec.clusterIPs);
  return addresses.length === 1 && addresses[0] === 'None';
}

const FAMILIES = ['IPv4', 'IPv6'];

const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** Mirrors ValidateServiceClusterIPsRelatedFields. */
export function checkServiceAddresses(check: Check, spec: JsonObject): void {
  if (spec.type === 'ExternalName') return;
  const at = field(SPEC, 'clusterIPs');
  const addresses = texts(spec.clusterIPs);
  const first = text(spec.clusterIP);
  if (first === '' && addresses.length > 0)
    invalid(check, at, [...addresses], 'must be empty when `clusterIP` is not specified');
  else if (first !== '' && addresses.length === 0) required(check, at);
  else if (first !== '' && addresses[0] !== first)
    invalid(check, at, [...addresses], 'first value must match `clusterIP`');
  const families = texts(spec.ipFamilies);
  for (const [index, family] of families.entries()) {
    const place = item(field(SPEC, 'ipFamilies'), index);
    if (!FAMILIES.includes(family)) unsupported(check, place, family, FAMILIES);
    if (families.indexOf(family) < index) duplicate(check, place, family);
  }
  present(oneOf(...POLICIES))(check, spec.ipFamilyPolicy, field(SPEC, 'ipFamilyPolicy'));
  if (!areAddresses(check, addresses, at)) return;
  const kinds = addresses.map((address) => sloppyAddress(address)?.family);
  if (addresses.length > 1 && new Set(kinds).size < 2)
    invalid(check, at, [...addresses], 'may specify no more than one IP for each IP family');
  if (isHeadless(spec)) return;
  for (const [index, address] of addresses.entries()) {
    const family = families[index];
    const isSix = kinds[index] === 6;
    if ((family === 'IPv4' && isSix) || (family === 'IPv6' && !isSix))
      invalid(check, item(at, index), address, `expected an ${family} value as indicated by \`ipFamilies[${index}]\``);
  }
}

function areAddresses(check: Check, addresses: readonly string[], at: Place): boolean {
  let areGood = true;
  for (const [index, address] of addresses.entries()) {
    if (index === 0 && address === 'None') {
      if (addresses.length > 1) {
        areGood = false;
        invalid(check, at, [...addresses], "'None' must be the first and only value");
      }
    } else if (!checkAddress(check, address, item(at, index))) areGood = false;
  }
  if (addresses.length > 2) invalid(check, at, [...addresses], 'may only hold up to 2 values');
  return areGood;
}

/** Mirrors validateUpgradeDowngradeClusterIPs. */
export function checkSameAddresses(check: Check, spec: JsonObject, old: JsonObject): void {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName' || (isHeadless(spec) && isHeadless(old))) return;
  const [now, before] = [texts(spec.clusterIPs), texts(old.clusterIPs)];
  const at = field(SPEC, 'clusterIPs');
  const changed = (index: number, detail = 'may not change once set'): void => {
    invalid(check, item(at, index), [...now], detail);
  };
  if (now.length === before.length) {
    for (const [index, address] of before.entries()) if (address !== now[index]) changed(index);
  } else if (before.length > now.length) {
    if (now.length === 0) changed(0, 'primary clusterIP can not be unset');
    else if (now[0] !== before[0]) changed(0);
    if (now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack') {
      const detail = "must be set to 'SingleStack' when releasing the secondary clusterIP";
      invalid(check, field(SPEC, 'ipFamilyPolicy'), spec.ipFamilyPolicy, detail);
    }
  } else if (before.length > 0 && now[0] !== before[0]) changed(0);
}

/** Mirrors validateUpgradeDowngradeIPFamilies. */
export function checkSameFamilies(check: Check, spec: JsonObject, old: JsonObject): void {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return;
  if (isHeadless(spec) || isHeadless(old)) return;
  const [now, before] = [texts(spec.ipFamilies), texts(old.ipFamilies)];
  const at = item(field(SPEC, 'ipFamilies'), 0);
  if (now.length === before.length) {
    for (const [index, family] of before.entries())
      if (family !== now[index]) invalid(check, at, [...now], 'may not change once set');
  } else if (before.length > now.length) {
    if (texts(spec.clusterIPs).length === 0) invalid(check, at, [...now], 'primary ipFamily can not be unset');
    if (now.length > 0 && now[0] !== before[0])
      invalid(check, at, [...texts(spec.clusterIPs)], 'may not change once set');
  } else if (before.length > 0 && now[0] !== before[0])
    invalid(check, at, [...texts(spec.clusterIPs)], 'may not change once set');
}
