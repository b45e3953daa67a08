import { isObject, list, record, text, texts } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { checkAddress, checkNotSpecial, sloppyAddress } from '../../check/addresses.ts';
import { type Check, declaratively, duplicate, invalid, required, tooMany, unsupported } from '../../check/check.ts';
import { checkImmutable, isSame } from '../../check/immutable.ts';
import { checkMetadata, metadataIn } from '../../check/metadata.ts';
import { field, item, type Place } from '../../check/place.ts';
import { format, present } from '../../check/rules.ts';
import { labelName, labels } from '../../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors, labelValueErrors } from '../../name-formats.ts';
import { domainName } from '../server/domain-names.ts';
import type { KindCheck } from '../kind-check.ts';

/*
 * EndpointSlices. Mirrors pkg/apis/discovery/validation, v1.24 and v1.37.
 */

const TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const MOST = { ports: 20000, endpoints: 1000, addresses: 100, topology: 16, zones: 8 };
const FIRST_MORE_PORTS = 27;
const FIRST_DECLARATIVE = 36;
const FIRST_LEGACY_WORDS = 33;
const RULES = { namespaced: true, name: dnsSubdomainErrors, finalizers: true };

function checkPorts(check: Check, slice: JsonObject): void {
  const at = field(undefined, 'ports');
  const ports = list(slice.ports).map(record);
  const most = check.minor >= FIRST_MORE_PORTS ? MOST.ports : 100;
  if (ports.length > most) {
    tooMany(check, at, ports.length, most);
    return;
  }
  const names = new Set<string>();
  for (const [index, { name, protocol, appProtocol }] of ports.entries()) {
    const place = item(at, index);
    if (text(name) !== '') format(dnsLabelErrors)(check, name, field(place, 'name'));
    if (names.has(text(name))) duplicate(check, field(place, 'name'), text(name));
    names.add(text(name));
    if (protocol === undefined) required(check, field(place, 'protocol'));
    else if (!PROTOCOLS.includes(text(protocol))) unsupported(check, field(place, 'protocol'), protocol, PROTOCOLS);
    present(labelName)(check, appProtocol, field(place, 'appProtocol'));
  }
}

function checkEndpoint(check: Check, endpoint: JsonObject, type: string, at: Place): void {
  const addresses = texts(endpoint.addresses);
  const place = field(at, 'addresses');
  if (addresses.length === 0)
    declaratively(check, (late) => {
      required(late, place, check.minor >= FIRST_DECLARATIVE ? '' : 'must contain at least 1 address');
    });
  else if (addresses.length > MOST.addresses)
    declaratively(check, (late) => {
      tooMany(late, place, addresses.length, MOST.addresses);
    });
  for (const [index, address] of addresses.entries()) checkEndpointAddress(check, address, type, place, index);
  present(format(dnsSubdomainErrors))(check, endpoint.nodeName, field(at, 'nodeName'));
  const topology = field(at, 'deprecatedTopology');
  const size = Object.keys(record(endpoint.deprecatedTopology)).length;
  if (size > MOST.topology) tooMany(check, topology, size, MOST.topology);
  labels(check, endpoint.deprecatedTopology, topology);
  present(format(dnsLabelErrors))(check, endpoint.hostname, field(at, 'hostname'));
  if (isObject(endpoint.hints)) checkHints(check, endpoint.hints, field(at, 'hints'));
}

function checkEndpointAddress(check: Check, address: string, type: string, at: Place, index: number): void {
  const place = item(at, index);
  if (type === 'FQDN') domainName(check, address, place);
  if (type !== 'IPv4' && type !== 'IPv6') return;
  if (check.minor < FIRST_LEGACY_WORDS) {
    if (familyOf(address) !== type) invalid(check, place, address, `must be a valid ${type} address`);
    checkNotSpecial(check, address, place);
    return;
  }
  if (!checkAddress(check, address, place)) return;
  if (familyOf(address) !== type) invalid(check, at, address, `must be an ${type} address`);
  checkNotSpecial(check, address, place);
}

function familyOf(address: string): string {
  const parsed = sloppyAddress(address);
  return parsed === undefined ? '' : parsed.family === 6 ? 'IPv6' : 'IPv4';
}

function checkHints(check: Check, hints: JsonObject, at: Place): void {
  const zones = list(hints.forZones).map((zone) => text(record(zone).name));
  const place = field(at, 'forZones');
  if (zones.length > MOST.zones) {
    tooMany(check, place, zones.length, MOST.zones);
    return;
  }
  for (const [index, zone] of zones.entries()) {
    const named = field(item(place, index), 'name');
    if (zones.indexOf(zone) < index) duplicate(check, named, zone);
    for (const message of labelValueErrors(zone, check.minor)) invalid(check, named, zone, message);
  }
}

function checkSlice(check: Check, slice: JsonObject, old?: JsonObject): void {
  checkMetadata(check, metadataIn(slice), RULES);
  const type = text(slice.addressType);
  const at = field(undefined, 'addressType');
  declaratively(check, (late) => {
    if (type === '') required(late, at);
    else if (!TYPES.includes(type)) unsupported(late, at, type, TYPES);
  });
  checkPorts(check, slice);
  const endpoints = list(slice.endpoints).map(record);
  const place = field(undefined, 'endpoints');
  if (old !== undefined && check.minor >= FIRST_LEGACY_WORDS && isSame(slice.endpoints, old.endpoints)) return;
  if (endpoints.length > MOST.endpoints) tooMany(check, place, endpoints.length, MOST.endpoints);
  else for (const [index, endpoint] of endpoints.entries()) checkEndpoint(check, endpoint, type, item(place, index));
}

export const endpointSliceCheck: KindCheck = {
  create: (check, slice) => {
    checkSlice(check, slice);
  },
  update: (check, slice, old) => {
    const stays = (inner: Check): void => {
      checkImmutable(inner, text(slice.addressType), text(old.addressType), field(undefined, 'addressType'));
    };
    if (check.minor >= FIRST_DECLARATIVE) declaratively(check, stays);
    checkSlice(check, slice, old);
    if (check.minor < FIRST_DECLARATIVE) stays(check);
  },
};
