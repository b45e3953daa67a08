import { isObject, list, record, text, texts } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { legacyAddress, sloppyAddress } from '../check/addresses.ts';
import { type Check, duplicate, forbidden, goJson, invalid, required } from '../check/check.ts';
import { underscoredSubdomainErrors } from '../check/formats.ts';
import { field, item, type Place } from '../check/place.ts';
import { between, each, filled, format, isEmpty, needed, oneOf, present, type Rule, table } from '../check/rules.ts';
import { labelName, labels, numberOf } from '../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors, qualifiedNameErrors } from '../name-formats.ts';
import { checkContainers, type PodContext } from './containers.ts';
import { checkEphemeralContainers, checkInitContainers } from './init-containers.ts';
import { containersOf } from './each-container.ts';
import { checkHostProcess, checkOS } from './operating-system.ts';
import { checkPodResources } from './pod-resources.ts';
import { overhead } from './resources.ts';
import { affinity, checkSpread, tolerations } from './scheduling.ts';
import { checkPodContext, checkSharing } from './security-context.ts';
import { checkVolumes } from './volumes.ts';

/** Whose spec it is: a pod's, which may be on the host's network with ports of its own, or a template's. */
export interface SpecOwner {
  readonly isPod: boolean;
  /** '' for a template. */
  readonly podName: string;
}

/** From here on the internal type is plain, and complaints about ports on the host come before those about policies. */
const FIRST_PLAIN = 33;
const RESTART = ['Always', 'OnFailure', 'Never'];
const DNS = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const PREEMPTION = ['PreemptLowerPriority', 'Never'];
const MOST_INT32 = 2147483647;
const FIRST_ACCOUNT_ALIAS = 35;
const FIRST_GATES = 26;
const FIRST_HOST_USERS = 25;
const FIRST_CLAIMS = 26;

/** The spec of a pod or of a template. Mirrors ValidatePodSpec, v1.24 and v1.37. */
export function checkPodSpec(check: Check, spec: JsonObject, owner: SpecOwner, at: Place): void {
  const volumes = checkVolumes(check, spec.volumes, owner.podName, field(at, 'volumes'));
  const claims = new Set(
    list(spec.resourceClaims).flatMap((one) => (isEmpty(record(one).name) ? [] : [text(record(one).name)])),
  );
  const context: PodContext = {
    volumes,
    claims,
    hostUsers: spec.hostUsers !== false,
    grace: numberOf(spec.terminationGracePeriodSeconds),
    restartPolicy: text(spec.restartPolicy),
    os: text(record(spec.os).name),
  };
  if (check.minor >= FIRST_CLAIMS) checkClaims(check, spec.resourceClaims, field(at, 'resourceClaims'));
  checkContainers(check, spec.containers, context, field(at, 'containers'));
  checkInitContainers(check, spec, context, field(at, 'initContainers'));
  checkEphemeralContainers(check, spec, context, field(at, 'ephemeralContainers'));
  checkPodResources(check, spec, field(at, 'resources'));
  if (check.minor >= FIRST_PLAIN) checkHostNetwork(check, spec, owner, at);
  policies(check, spec, at);
  if (check.minor < FIRST_PLAIN && isObject(spec.securityContext)) checkHostNetwork(check, spec, owner, at);
  checkPodContext(check, spec, field(at, 'securityContext'));
  checkSharing(check, spec, at);
  affinity(check, spec.affinity, field(at, 'affinity'));
  checkDNS(check, spec, field(at, 'dnsConfig'));
  for (const [index, gate] of list(spec.readinessGates).entries())
    labelName(check, record(gate).conditionType, field(item(field(at, 'readinessGates'), index), 'conditionType'));
  if (check.minor >= FIRST_GATES) checkGates(check, spec.schedulingGates, field(at, 'schedulingGates'));
  checkSpread(check, spec.topologySpreadConstraints, field(at, 'topologySpreadConstraints'));
  checkHostProcess(check, spec, at);
  if (check.minor >= FIRST_HOST_USERS) checkHostUsers(check, spec, at);
  accountName(check, spec.serviceAccountName, field(at, 'serviceAccountName'));
  checkAlias(check, spec, at);
  rest(check, spec, at);
  checkOS(check, spec, at);
}

const policies: Rule = table(
  ['restartPolicy', needed('', oneOf(...RESTART))],
  ['dnsPolicy', needed('', oneOf(...DNS))],
  ['nodeSelector', labels],
);

const accountName: Rule = filled(format(dnsSubdomainErrors));

const rest: Rule = table(
  ['nodeName', filled(format(dnsSubdomainErrors))],
  ['activeDeadlineSeconds', present(between(1, MOST_INT32))],
  ['hostname', filled(format(dnsLabelErrors))],
  ['subdomain', filled(format(dnsLabelErrors))],
  ['tolerations', tolerations],
  [
    'hostAliases',
    (check, value, at) => {
      checkAliases(check, value, at);
    },
  ],
  ['priorityClassName', filled(format(dnsSubdomainErrors))],
  ['runtimeClassName', present(format(dnsSubdomainErrors))],
  ['preemptionPolicy', present(needed('', oneOf(...PREEMPTION)))],
  ['overhead', overhead],
);

function checkHostNetwork(check: Check, spec: JsonObject, owner: SpecOwner, at: Place): void {
  if (spec.hostNetwork !== true) return;
  for (const [index, container] of list(spec.containers).entries()) {
    for (const [number, port] of list(record(container).ports).entries()) {
      const place = item(field(item(field(at, 'containers'), index), 'ports'), number);
      const [onHost, inside] = [numberOf(record(port).hostPort), numberOf(record(port).containerPort)];
      if (onHost === inside) continue;
      if (check.minor < FIRST_PLAIN)
        invalid(check, field(place, 'containerPort'), inside, 'must match `hostPort` when `hostNetwork` is true');
      else if (owner.isPod || onHost !== 0)
        invalid(check, field(place, 'hostPort'), onHost, 'must match `containerPort` when `hostNetwork` is true');
    }
  }
}

function checkClaims(check: Check, value: Json | undefined, at: Place): void {
  const names = new Set<string>();
  for (const [index, one] of list(value).entries()) {
    const place = item(at, index);
    const { name: written, resourceClaimName, resourceClaimTemplateName } = record(one);
    const name = text(written);
    if (name === '') required(check, field(place, 'name'));
    else if (names.has(name)) duplicate(check, field(place, 'name'), name);
    else format(dnsLabelErrors)(check, name, field(place, 'name'));
    names.add(name);
    const printed = {
      go: 'core.PodResourceClaim{...}',
      json: goJson({
        Name: name,
        ResourceClaimName: resourceClaimName ?? null,
        ResourceClaimTemplateName: resourceClaimTemplateName ?? null,
      }),
    };
    const isBoth = resourceClaimName !== undefined && resourceClaimTemplateName !== undefined;
    if (isBoth) {
      const detail = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
      invalid(check, place, printed, detail);
    }
    if (resourceClaimName === undefined && resourceClaimTemplateName === undefined)
      invalid(check, place, printed, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`');
    for (const field2 of ['resourceClaimName', 'resourceClaimTemplateName'])
      present(format(dnsSubdomainErrors))(check, record(one)[field2], field(place, field2));
  }
}

const MOST_NAMESERVERS = 3;

function checkDNS(check: Check, { dnsPolicy, dnsConfig }: JsonObject, at: Place): void {
  if (!isObject(dnsConfig)) {
    if (dnsPolicy === 'None') required(check, at, 'must provide `dnsConfig` when `dnsPolicy` is None');
    return;
  }
  const { nameservers, searches, options } = dnsConfig;
  if (dnsPolicy === 'None') {
    if (list(nameservers).length === 0) {
      required(check, field(at, 'nameservers'), 'must provide at least one DNS nameserver when `dnsPolicy` is None');
      return;
    }
  }
  if (list(nameservers).length > MOST_NAMESERVERS)
    invalid(
      check,
      field(at, 'nameservers'),
      [...texts(nameservers)],
      `must not have more than ${MOST_NAMESERVERS} nameservers`,
    );
  each(legacyAddress)(check, nameservers, field(at, 'nameservers'));
  checkSearches(check, texts(searches), field(at, 'searches'));
  for (const [index, option] of list(options).entries())
    if (isEmpty(record(option).name)) required(check, item(field(at, 'options'), index), 'must not be empty');
}

/** How many search paths and characters are allowed, before and from ExpandedDNSConfig on. */
const FIRST_LONG_SEARCHES = 26;
const FIRST_UNDERSCORES = 32;

function checkSearches(check: Check, searches: readonly string[], at: Place): void {
  const [most, characters] = check.minor >= FIRST_LONG_SEARCHES ? [32, 2048] : [6, 256];
  if (searches.length > most) invalid(check, at, [...searches], `must not have more than ${most} search paths`);
  if (searches.join(' ').length > characters) {
    const detail = `must not have more than ${characters} characters (including spaces) in the search list`;
    invalid(check, at, [...searches], detail);
  }
  for (const [index, search] of searches.entries()) {
    const name = search.endsWith('.') ? search.slice(0, -1) : search;
    if (check.minor < FIRST_UNDERSCORES) format(dnsSubdomainErrors)(check, name, item(at, index));
    else if (search !== '.') format(underscoredSubdomainErrors)(check, name, item(at, index));
  }
}

function checkGates(check: Check, value: Json | undefined, at: Place): void {
  const seen = new Set<string>();
  for (const [index, gate] of list(value).entries()) {
    const name = text(record(gate).name);
    for (const message of qualifiedNameErrors(name, check.minor)) invalid(check, item(at, index), name, message);
    if (seen.has(name)) duplicate(check, item(at, index), name);
    seen.add(name);
  }
}

function checkHostUsers(check: Check, spec: JsonObject, at: Place): void {
  if (spec.hostUsers !== false) return;
  const detail = 'when `hostUsers` is false';
  if (spec.hostNetwork === true) forbidden(check, field(at, 'hostNetwork'), detail);
  if (spec.hostPID === true) forbidden(check, field(at, 'HostPID'), detail);
  if (spec.hostIPC === true) forbidden(check, field(at, 'HostIPC'), detail);
  for (const { container, place } of containersOf(spec, at))
    if (list(container.volumeDevices).length > 0) forbidden(check, field(place, 'volumeDevices'), detail);
}

function checkAlias(check: Check, spec: JsonObject, at: Place): void {
  const [name, alias] = [text(spec.serviceAccountName), text(spec.serviceAccount)];
  if (check.minor >= FIRST_ACCOUNT_ALIAS && name !== alias)
    invalid(
      check,
      field(at, 'deprecatedServiceAccount'),
      alias,
      `must be the same as serviceAccountName: ${JSON.stringify(name)}`,
    );
}

/** From here on messages say which alias is wrong. */
const FIRST_ALIAS_INDEX = 33;

function checkAliases(check: Check, value: Json | undefined, at: Place): void {
  for (const [index, alias] of list(value).entries()) {
    const { ip, hostnames } = record(alias);
    const isIndexed = check.minor >= FIRST_ALIAS_INDEX;
    const place = isIndexed ? item(at, index) : at;
    if (isIndexed) legacyAddress(check, ip, field(place, 'ip'));
    else if (sloppyAddress(text(ip)) === undefined)
      invalid(check, field(place, 'ip'), text(ip), 'must be valid IP address');
    for (const [number, name] of texts(hostnames).entries()) {
      const names = field(place, 'hostnames');
      format(dnsSubdomainErrors)(check, name, isIndexed ? item(names, number) : names);
    }
  }
}
