import { isObject, list, record, text, texts } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { checkAddress, checkCidr, checkNotSpecial } from '../../check/addresses.ts';
import { parseCidr } from '../../../../lang/addresses/cidr.ts';
import { type Check, forbidden, invalid, required } from '../../check/check.ts';
import { portNumberErrors, serviceNameErrors } from '../../check/formats.ts';
import { metadataIn } from '../../check/metadata.ts';
import { entry, field, fieldAt, item } from '../../check/place.ts';
import { filled, format, isEmpty, needed, oneOf, present } from '../../check/rules.ts';
import { labelName, labels, numberOf } from '../../check/values.ts';
import { dnsSubdomainErrors } from '../../name-formats.ts';
import { kindCheck } from '../kind-check.ts';
import { checkSameAddresses, checkSameFamilies, isHeadless, checkServiceAddresses } from './service-addresses.ts';
import { checkPorts, checkNodePorts } from './service-ports.ts';

/*
 * Services. Mirrors ValidateService of pkg/apis/core/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

const HINTS = 'service.kubernetes.io/topology-aware-hints';

const MODE = 'service.kubernetes.io/topology-mode';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

const KUBELET_PORT = 10250;

const FIRST_KUBELET_PORT_ALLOWED = 25;

const FIRST_TOPOLOGY_MODE = 27;

const FIRST_RANGE_WORDS = 33;

const FIRST_DISTRIBUTION = 30;

const FIRST_EXTERNAL_IPS_OUTSIDE = 26;

export const serviceCheck = kindCheck(true, {
  name: serviceNameErrors,
  again: 'rest',
  changeFirst: true,
  change: (check, object, old) => {
    const [spec, before] = [record(object.spec), record(old.spec)];
    checkSameAddresses(check, spec, before);
    checkSameFamilies(check, spec, before);
    checkClass(check, spec, before);
    if (
      needsHealthCheck(spec) &&
      needsHealthCheck(before) &&
      numberOf(spec.healthCheckNodePort) !== numberOf(before.healthCheckNodePort)
    )
      forbidden(check, field(SPEC, 'healthCheckNodePort'), 'field is immutable');
    // Upstream looks at the name of what exists in older servers only.
    if (check.minor < FIRST_TOPOLOGY_MODE) serviceCheckName(check, object);
  },
  rest: (check, object) => {
    checkService(check, object);
  },
});

function serviceCheckName(check: Check, object: JsonObject): void {
  olderMetadata.create(check, object);
}

const olderMetadata = kindCheck(true, { name: serviceNameErrors });

function needsHealthCheck(spec: JsonObject): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

function checkService(check: Check, object: JsonObject): void {
  const spec = record(object.spec);
  const type = text(spec.type);
  const annotations = record(metadataIn(object).annotations);
  checkTopology(check, annotations);
  const ports = list(spec.ports).map(record);
  if (ports.length === 0 && !isHeadless(spec) && type !== 'ExternalName') required(check, field(SPEC, 'ports'));
  checkByType(check, spec, ports);
  checkPorts(check, ports);
  if (spec.selector !== undefined) labels(check, spec.selector, field(SPEC, 'selector'));
  checkAffinity(check, spec);
  checkServiceAddresses(check, spec);
  for (const [index, address] of texts(spec.externalIPs).entries()) {
    const at = item(field(SPEC, 'externalIPs'), index);
    if (checkAddress(check, address, at)) checkNotSpecial(check, address, at);
  }
  needed('', oneOf(...TYPES))(check, spec.type, field(SPEC, 'type'));
  checkNodePorts(check, type, ports);
  checkRanges(check, spec, annotations[RANGES]);
  if (spec.allocateLoadBalancerNodePorts !== undefined && type !== 'LoadBalancer')
    forbidden(check, field(SPEC, 'allocateLoadBalancerNodePorts'), "may only be used when `type` is 'LoadBalancer'");
  if (spec.allocateLoadBalancerNodePorts === undefined && type === 'LoadBalancer')
    required(check, field(undefined, 'allocateLoadBalancerNodePorts'));
  checkClass(check, spec, undefined);
  checkExternalPolicy(check, spec);
  checkInternalPolicy(check, spec);
}

function checkTopology(check: Check, annotations: JsonObject): void {
  if (check.minor < FIRST_TOPOLOGY_MODE) return;
  const [mode, hints] = [annotations[MODE], annotations[HINTS]];
  if (mode === undefined || hints === undefined || mode === hints) return;
  const at = entry(fieldAt(undefined, 'metadata', 'annotations'), MODE);
  invalid(check, at, mode, `must match annotations[${HINTS}] when both are specified`);
}

function checkByType(check: Check, spec: JsonObject, ports: readonly JsonObject[]): void {
  const type = text(spec.type);
  const headless = (): void => {
    if (isHeadless(spec))
      invalid(check, item(field(SPEC, 'clusterIPs'), 0), 'None', `may not be set to 'None' for ${type} services`);
  };
  if (type === 'LoadBalancer') {
    for (const [index, port] of ports.entries()) {
      if (port.port !== KUBELET_PORT || check.minor >= FIRST_KUBELET_PORT_ALLOWED) continue;
      const detail = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`;
      invalid(check, item(field(SPEC, 'ports'), index), KUBELET_PORT, detail);
    }
    headless();
  } else if (type === 'NodePort') headless();
  else if (type === 'ExternalName') {
    for (const name of ['clusterIPs', 'ipFamilies'])
      if (!isEmpty(spec[name])) forbidden(check, field(SPEC, name), 'may not be set for ExternalName services');
    if (spec.ipFamilyPolicy !== undefined)
      forbidden(check, field(SPEC, 'ipFamilyPolicy'), 'may not be set for ExternalName services');
    const name = text(spec.externalName).replace(/\.$/, '');
    needed('', format(dnsSubdomainErrors))(check, name, field(SPEC, 'externalName'));
  }
}

function checkAffinity(check: Check, spec: JsonObject): void {
  const { sessionAffinity, sessionAffinityConfig: config } = spec;
  needed('', oneOf('ClientIP', 'None'))(check, sessionAffinity, field(SPEC, 'sessionAffinity'));
  const at = field(SPEC, 'sessionAffinityConfig');
  if (sessionAffinity === 'None' && config !== undefined)
    forbidden(check, at, 'must not be set when session affinity is None');
  if (sessionAffinity !== 'ClientIP') return;
  const detail = 'when session affinity type is ClientIP';
  const client = record(config).clientIP;
  const seconds = record(client).timeoutSeconds;
  if (!isObject(config)) required(check, at, detail);
  else if (!isObject(client)) required(check, field(at, 'clientIP'), detail);
  else if (seconds === undefined) required(check, fieldAt(at, 'clientIP', 'timeoutSeconds'), detail);
  else if (numberOf(seconds) <= 0 || numberOf(seconds) > 86400)
    invalid(check, fieldAt(at, 'clientIP', 'timeoutSeconds'), seconds, 'must be greater than 0 and less than 86400');
}

function checkRanges(check: Check, spec: JsonObject, annotation: Json | undefined): void {
  const ranges = texts(spec.loadBalancerSourceRanges);
  if (ranges.length === 0 && annotation === undefined) return;
  const isField = ranges.length > 0;
  const at = isField
    ? field(SPEC, 'LoadBalancerSourceRanges')
    : entry(fieldAt(undefined, 'metadata', 'annotations'), RANGES);
  if (spec.type !== 'LoadBalancer') forbidden(check, at, "may only be used when `type` is 'LoadBalancer'");
  const written = isField ? ranges : text(annotation).trim() === '' ? [] : text(annotation).split(',');
  const blocks = written.map((one) => one.trim());
  if (check.minor >= FIRST_RANGE_WORDS)
    for (const [index, block] of blocks.entries()) checkCidr(check, block, isField ? item(at, index) : at);
  else if (blocks.some((block) => parseCidr(block, { leadingZeros: true }) === undefined)) {
    const shown = isField ? `[${ranges.join(' ')}]` : text(annotation);
    invalid(check, at, shown, 'must be a list of IP ranges. For example, 10.240.0.0/24,10.250.0.0/24 ');
  }
}

function checkClass(check: Check, spec: JsonObject, old: JsonObject | undefined): void {
  const at = field(SPEC, 'loadBalancerClass');
  const { loadBalancerClass: name, type } = spec;
  if (old?.type === 'LoadBalancer' && type === 'LoadBalancer' && old.loadBalancerClass !== name)
    invalid(check, at, name, 'may not change once set');
  if (name === undefined) return;
  if (type === 'LoadBalancer') labelName(check, name, at);
  else forbidden(check, at, "may only be used when `type` is 'LoadBalancer'");
}

function checkExternalPolicy(check: Check, spec: JsonObject): void {
  const at = field(SPEC, 'externalTrafficPolicy');
  const isNodes = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  const hasAddresses = spec.type === 'ClusterIP' && !isEmpty(spec.externalIPs);
  const isOutside = isNodes || (hasAddresses && check.minor >= FIRST_EXTERNAL_IPS_OUTSIDE);
  const words =
    check.minor >= FIRST_EXTERNAL_IPS_OUTSIDE
      ? 'may only be set for externally-accessible services'
      : "may only be set when `type` is 'NodePort' or 'LoadBalancer'";
  if (isOutside) needed('', oneOf('Cluster', 'Local'))(check, spec.externalTrafficPolicy, at);
  else
    filled((inner, value, place) => {
      invalid(inner, place, value, words);
    })(check, spec.externalTrafficPolicy, at);
  const port = numberOf(spec.healthCheckNodePort);
  const place = field(SPEC, 'healthCheckNodePort');
  if (!needsHealthCheck(spec)) {
    const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    if (port !== 0) invalid(check, place, port, detail);
  } else if (port === 0) required(check, place);
  else for (const message of portNumberErrors(port)) invalid(check, place, port, message);
}

const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

function checkInternalPolicy(check: Check, spec: JsonObject): void {
  const at = field(SPEC, 'internalTrafficPolicy');
  const type = text(spec.type);
  if (spec.internalTrafficPolicy === undefined) {
    if (type !== 'ExternalName' && TYPES.includes(type)) required(check, at);
  } else oneOf('Cluster', 'Local')(check, spec.internalTrafficPolicy, at);
  if (check.minor >= FIRST_DISTRIBUTION)
    present(oneOf(...DISTRIBUTIONS))(check, spec.trafficDistribution, field(SPEC, 'trafficDistribution'));
}
