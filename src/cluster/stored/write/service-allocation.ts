import { isObject, list, record, text, texts } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { sloppyAddress } from '../../validation/check/addresses.ts';
import { type Check, invalid } from '../../validation/check/check.ts';
import { field, item } from '../../validation/check/place.ts';
import { numberOf } from '../../validation/check/values.ts';
import { checkServiceAddresses } from '../../validation/kinds/network/service-addresses.ts';
import { givePorts, needsNodePorts, needsHealthCheck } from './service-ports.ts';

/*
 * What the server gives a Service before it looks at it: addresses and node ports, of a cluster that has IPv4 only, 10.96.0.0/12, node ports
 * 30000 to 32767. Mirrors pkg/registry/core/service/storage, alloc.go and storage.go, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const FIRST_ADDRESS = '10.96.0.10';

const FIRST_LATE_ERRORS = 26;

/** Fills in what a new or changed Service is given; complaints end its way. */
export function allocate(check: Check, service: JsonObject, old?: JsonObject): void {
  const spec = record(service.spec);
  if (old !== undefined) {
    const before = record(old.spec);
    dropByType(spec, before, check.minor);
    keepAllocated(spec, before);
  }
  normalizeAddresses(spec, old === undefined ? undefined : record(old.spec));
  if (spec.type === 'ExternalName') return;
  initFamilies(check, service, old);
  if (check.errors.length > 0) return;
  giveAddresses(check, spec);
  if (check.errors.length === 0) givePorts(check, spec, old === undefined ? undefined : record(old.spec));
}

const same = (a: JsonObject, b: JsonObject, name: string): boolean =>
  JSON.stringify(a[name] ?? null) === JSON.stringify(b[name] ?? null);

/** Mirrors dropTypeDependentFields. */
function dropByType(spec: JsonObject, old: JsonObject, minor: number): void {
  const drop = (name: string): void => {
    if (same(spec, old, name)) Reflect.deleteProperty(spec, name);
  };
  if (old.type !== 'ExternalName' && spec.type === 'ExternalName') {
    if (same(spec, old, 'clusterIP') && same(spec, old, 'clusterIPs')) {
      Reflect.deleteProperty(spec, 'clusterIP');
      Reflect.deleteProperty(spec, 'clusterIPs');
    }
    drop('ipFamilies');
    drop('ipFamilyPolicy');
  }
  if (needsNodePorts(old) && !needsNodePorts(spec)) {
    const ports = (of: JsonObject): string => JSON.stringify(list(of.ports).map((port) => record(port).nodePort ?? 0));
    if (ports(spec) === ports(old))
      for (const port of list(spec.ports)) if (isObject(port)) Reflect.deleteProperty(port, 'nodePort');
  }
  if (needsHealthCheck(old) && !needsHealthCheck(spec)) drop('healthCheckNodePort');
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    drop('allocateLoadBalancerNodePorts');
    drop('loadBalancerClass');
  }
  const isReached =
    needsNodePorts(spec) ||
    (spec.type === 'ClusterIP' && list(spec.externalIPs).length > 0 && minor >= FIRST_LATE_ERRORS);
  if (needsNodePorts(old) && !isReached) drop('externalTrafficPolicy');
}

/** Mirrors patchAllocatedValues. */
function keepAllocated(spec: JsonObject, old: JsonObject): void {
  if (old.type !== 'ExternalName' && spec.type !== 'ExternalName') {
    if (text(spec.clusterIP) === '' && old.clusterIP !== undefined) spec.clusterIP = old.clusterIP;
    if (list(spec.clusterIPs).length === 0 && old.clusterIPs !== undefined && spec.clusterIP === old.clusterIP)
      spec.clusterIPs = structuredClone(old.clusterIPs);
  }
  if (needsNodePorts(old) && needsNodePorts(spec)) {
    const known = new Map(list(old.ports).map((one) => [portKey(record(one)), record(one).nodePort]));
    for (const port of list(spec.ports)) {
      const nodePort = isObject(port) ? known.get(portKey(port)) : undefined;
      if (isObject(port) && numberOf(port.nodePort) === 0 && nodePort !== undefined) port.nodePort = nodePort;
    }
  }
  if (needsHealthCheck(old) && needsHealthCheck(spec) && old.healthCheckNodePort !== undefined)
    spec.healthCheckNodePort ??= old.healthCheckNodePort;
}

function portKey({ protocol, port }: JsonObject): string {
  return `${text(protocol)}/${numberOf(port)}`;
}

/** Mirrors normalizeClusterIPs. */
function normalizeAddresses(spec: JsonObject, old: JsonObject | undefined): void {
  if (old === undefined) {
    if (text(spec.clusterIP) !== '' && list(spec.clusterIPs).length === 0) spec.clusterIPs = [text(spec.clusterIP)];
    return;
  }
  if (
    text(spec.clusterIP) !== text(old.clusterIP) &&
    (same(spec, old, 'clusterIPs') || list(spec.clusterIPs).length === 0)
  ) {
    if (text(spec.clusterIP) === '') Reflect.deleteProperty(spec, 'clusterIPs');
    else spec.clusterIPs = [text(spec.clusterIP), ...texts(spec.clusterIPs).slice(1)];
  } else if (text(spec.clusterIP) === text(old.clusterIP) && !same(spec, old, 'clusterIPs')) {
    const [first] = texts(spec.clusterIPs);
    if (first === undefined) Reflect.deleteProperty(spec, 'clusterIP');
  }
}

function familyOf(address: string): string {
  return sloppyAddress(address)?.family === 6 ? 'IPv6' : 'IPv4';
}

/** Mirrors initIPFamilyFields. */
function initFamilies(check: Check, service: JsonObject, old: JsonObject | undefined): void {
  const spec = record(service.spec);
  const isOpen = spec.clusterIP === 'None' && Object.keys(record(spec.selector)).length === 0;
  if (spec.ipFamilyPolicy === undefined) {
    const before = old === undefined ? undefined : record(old.spec).ipFamilyPolicy;
    spec.ipFamilyPolicy = before ?? (isOpen ? 'RequireDualStack' : 'SingleStack');
  }
  checkServiceAddresses(check, spec);
  if (check.errors.length > 0) return;
  const addresses = texts(spec.clusterIPs);
  const families = [...texts(spec.ipFamilies)];
  const policy = spec.ipFamilyPolicy;
  const wrong = (detail: string): void => {
    invalid(check, field(SPEC, 'ipFamilyPolicy'), policy, detail);
  };
  if (old !== undefined) checkReleases(spec, record(old.spec), wrong, families);
  if (policy === 'SingleStack') {
    if (addresses.length === 2)
      wrong("must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified");
    if (families.length === 2)
      wrong("must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
  }
  for (const [index, address] of addresses.entries()) {
    if (address === 'None') break;
    const family = familyOf(address);
    if (index < families.length) continue;
    if (family === 'IPv4') families.push(family);
    else {
      const value = [...addresses];
      invalid(check, item(field(SPEC, 'clusterIPs'), index), value, 'IPv6 is not configured on this cluster');
    }
  }
  if (check.errors.length > 0) return;
  if (isOpen) {
    if (families.length === 0) families.push('IPv4');
    if (families.length < 2 && policy !== 'SingleStack') families.push(families[0] === 'IPv4' ? 'IPv6' : 'IPv4');
    spec.ipFamilies = families;
    return;
  }
  if (policy === 'RequireDualStack') wrong('this cluster is not configured for dual-stack services');
  for (const [index, family] of families.entries())
    if (family !== 'IPv4')
      invalid(check, item(field(SPEC, 'ipFamilies'), index), family, 'not configured on this cluster');
  if (check.errors.length > 0) return;
  if (families.length === 0) families.push('IPv4');
  spec.ipFamilies = families;
}

/** A second address or family is only given back by a service that asks for one alone. */
function checkReleases(spec: JsonObject, old: JsonObject, wrong: (detail: string) => void, families: string[]): void {
  if (spec.ipFamilyPolicy === 'SingleStack') {
    if (same(spec, old, 'clusterIP') && same(spec, old, 'clusterIPs') && texts(spec.clusterIPs).length > 1)
      spec.clusterIPs = texts(spec.clusterIPs).slice(0, 1);
    if (same(spec, old, 'ipFamilies') && families.length > 1) families.length = 1;
    return;
  }
  const isReduced = (name: string): boolean => {
    const [now, before] = [texts(spec[name]), texts(old[name])];
    return now.length > 0 && now.length < before.length;
  };
  if (isReduced('clusterIPs')) wrong("must be 'SingleStack' to release the secondary cluster IP");
  if (isReduced('ipFamilies')) wrong("must be 'SingleStack' to release the secondary IP family");
}

function giveAddresses(check: Check, spec: JsonObject): void {
  const addresses = [...texts(spec.clusterIPs)];
  if (addresses[0] === 'None') return;
  for (const [index] of texts(spec.ipFamilies).entries()) {
    const address = addresses[index] ?? '';
    if (address === '') addresses[index] = FIRST_ADDRESS;
    else if (!isInRange(address)) {
      const range = check.minor >= FIRST_LATE_ERRORS ? 'the provided IP' : 'provided IP';
      const detail = `failed to allocate IP ${address}: ${range}${check.minor >= FIRST_LATE_ERRORS ? ` (${address})` : ''} is not in the valid range. The range of valid IPs is 10.96.0.0/12`;
      invalid(check, field(SPEC, 'clusterIPs'), addresses, detail);
      return;
    }
  }
  spec.clusterIPs = addresses;
  if (addresses[0] !== undefined) spec.clusterIP = addresses[0];
}

function isInRange(address: string): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = address.split('.').map(Number);
  // Neither the address of the network nor that of all its hosts can be had.
  if (third === 0 && fourth === 0 && second === 96) return false;
  if (second === 111 && third === 255 && fourth === 255) return false;
  return first === 10 && second >= 96 && second < 112;
}
