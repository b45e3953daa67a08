import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, duplicate, forbidden, invalid, required, unsupported } from '../check/check.ts';
import { portNameErrors, portNumberErrors } from '../check/formats.ts';
import { field, item, type Place } from '../check/place.ts';
import { format, needed, oneOf, type Rule } from '../check/rules.ts';
import { numberOf } from '../check/values.ts';
import { dnsLabelErrors } from '../name-formats.ts';
import { variables, variableSources } from './env.ts';
import { checkDevices, checkMounts } from './mounts.ts';
import { checkLifecycle, checkNoGrace, checkOneSuccess, checkProbe } from './probes.ts';
import { checkRequirements } from './resources.ts';
import { checkSecurityContext } from './security-context.ts';
import type { Volumes } from './volumes.ts';

/** What the checks of containers need to know of their pod. */
export interface PodContext {
  readonly volumes: Volumes;
  /** The names of its resource claims. */
  readonly claims: ReadonlySet<string>;
  readonly hostUsers: boolean;
  readonly grace: number;
  readonly restartPolicy: string;
  readonly os: string;
}

/** From here on each container is looked at in the order of the newer servers, and sidecars exist. */
const FIRST_NEW_ORDER = 28;

const POLICIES = ['File', 'FallbackToLogsOnError'];

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

const containerName: Rule = needed('', format(dnsLabelErrors));
const image: Rule = needed();
const terminationPolicy: Rule = needed('', oneOf(...POLICIES));
const pullPolicy: Rule = needed('', oneOf(...PULL_POLICIES));
const protocolName: Rule = needed('', oneOf(...PROTOCOLS));

/** The containers of a pod, init containers apart. Mirrors validateContainers. */
export function checkContainers(check: Check, value: Json | undefined, pod: PodContext, at: Place): void {
  const containers = list(value).map(record);
  if (containers.length === 0) {
    required(check, at);
    return;
  }
  if (check.minor < FIRST_NEW_ORDER) {
    checkContainersBefore(check, containers, pod, at);
    checkHostPorts(check, containers, at);
    return;
  }
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const place = item(at, index);
    checkCommon(check, container, pod, place);
    if (names.has(text(container.name))) duplicate(check, field(place, 'name'), text(container.name));
    names.add(text(container.name));
    checkRunning(check, container, pod, place);
    checkRestartPolicy(check, container, place);
  }
  checkHostPorts(check, containers, at);
}

/** The order until 1.27, in which init containers were looked at like others first. */
export function checkContainersBefore(
  check: Check,
  containers: readonly JsonObject[],
  pod: PodContext,
  at: Place,
): void {
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const place = item(at, index);
    const name = text(container.name);
    containerName(check, container.name, field(place, 'name'));
    if (names.has(name)) duplicate(check, field(place, 'name'), name);
    names.add(name);
    image(check, container.image, field(place, 'image'));
    const startup = field(place, 'startupProbe');
    checkLifecycle(check, container.lifecycle, pod.grace, pod.os, field(place, 'lifecycle'));
    checkProbe(check, container.livenessProbe, field(place, 'livenessProbe'));
    checkNoGrace(check, container.readinessProbe, field(place, 'readinessProbe'));
    checkProbe(check, container.startupProbe, startup);
    checkOneSuccess(check, container.livenessProbe, field(place, 'livenessProbe'));
    // Upstream looks at it twice.
    checkProbe(check, container.startupProbe, startup);
    checkOneSuccess(check, container.startupProbe, startup);
    const words = "must be 'File' or 'FallbackToLogsOnError'";
    const policy = text(container.terminationMessagePolicy);
    if (policy === '') required(check, field(place, 'terminationMessagePolicy'), words);
    else if (!POLICIES.includes(policy)) invalid(check, field(place, 'terminationMessagePolicy'), policy, words);
    checkProbe(check, container.readinessProbe, field(place, 'readinessProbe'));
    checkInside(check, container, pod, place);
  }
}

/** Mirrors validateContainerCommon. */
export function checkCommon(check: Check, container: JsonObject, pod: PodContext, at: Place): void {
  containerName(check, container.name, field(at, 'name'));
  image(check, container.image, field(at, 'image'));
  terminationPolicy(check, container.terminationMessagePolicy, field(at, 'terminationMessagePolicy'));
  checkInside(check, container, pod, at);
}

/** What all versions look at, in their order. */
function checkInside(check: Check, container: JsonObject, pod: PodContext, at: Place): void {
  checkPorts(check, container.ports, field(at, 'ports'));
  variables(check, container.env, field(at, 'env'));
  variableSources(check, container.envFrom, field(at, 'envFrom'));
  checkMounts(check, container, pod.volumes, field(at, 'volumeMounts'));
  checkDevices(check, container, pod.volumes, field(at, 'volumeDevices'));
  pullPolicy(check, container.imagePullPolicy, field(at, 'imagePullPolicy'));
  checkRequirements(check, container.resources, field(at, 'resources'), undefined, pod.claims);
  checkResizePolicy(check, container.resizePolicy, pod.restartPolicy, field(at, 'resizePolicy'));
  checkSecurityContext(check, container.securityContext, pod.hostUsers, field(at, 'securityContext'));
}

export function checkRunning(check: Check, container: JsonObject, pod: PodContext, at: Place): void {
  checkLifecycle(check, container.lifecycle, pod.grace, pod.os, field(at, 'lifecycle'));
  checkProbe(check, container.livenessProbe, field(at, 'livenessProbe'));
  checkOneSuccess(check, container.livenessProbe, field(at, 'livenessProbe'));
  checkProbe(check, container.readinessProbe, field(at, 'readinessProbe'));
  checkNoGrace(check, container.readinessProbe, field(at, 'readinessProbe'));
  checkProbe(check, container.startupProbe, field(at, 'startupProbe'));
  checkOneSuccess(check, container.startupProbe, field(at, 'startupProbe'));
}

const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];

/** From here on a container has a restart policy of its own (ContainerRestartRules). */
const FIRST_RESTART_RULES = 35;

function checkRestartPolicy(check: Check, { restartPolicy, restartPolicyRules }: JsonObject, at: Place): void {
  const place = field(at, 'restartPolicy');
  if (check.minor < FIRST_RESTART_RULES) {
    if (restartPolicy !== undefined) forbidden(check, place, 'may not be set for non-init containers');
    return;
  }
  if (restartPolicy !== undefined && !RESTART_POLICIES.includes(text(restartPolicy)))
    unsupported(check, place, restartPolicy, RESTART_POLICIES);
  if (restartPolicy === undefined && list(restartPolicyRules).length > 0)
    required(check, place, 'must specify restartPolicy when restart rules are used');
}

function checkPorts(check: Check, value: Json | undefined, at: Place): void {
  const names = new Set<string>();
  for (const [index, each] of list(value).entries()) {
    const { name: written, containerPort, hostPort, protocol } = record(each);
    const place = item(at, index);
    const name = text(written);
    const wrong = name === '' ? [] : portNameErrors(name, check.minor);
    for (const message of wrong) invalid(check, field(place, 'name'), name, message);
    if (name !== '' && wrong.length === 0) {
      if (names.has(name)) duplicate(check, field(place, 'name'), name);
      names.add(name);
    }
    const number = numberOf(containerPort);
    if (number === 0) required(check, field(place, 'containerPort'));
    else for (const message of portNumberErrors(number)) invalid(check, field(place, 'containerPort'), number, message);
    const onHost = numberOf(hostPort);
    if (onHost !== 0)
      for (const message of portNumberErrors(onHost)) invalid(check, field(place, 'hostPort'), onHost, message);
    protocolName(check, protocol, field(place, 'protocol'));
  }
}

/** A port of the host can be had once. Mirrors checkHostPortConflicts. */
export function checkHostPorts(check: Check, containers: readonly JsonObject[], at: Place): void {
  const taken = new Set<string>();
  for (const [index, container] of containers.entries()) {
    for (const [place, each] of list(container.ports).entries()) {
      const { hostPort, hostIP, protocol } = record(each);
      if (numberOf(hostPort) === 0) continue;
      const key = `${text(protocol)}/${text(hostIP)}/${numberOf(hostPort)}`;
      const path = field(item(field(item(at, index), 'ports'), place), 'hostPort');
      if (taken.has(key)) duplicate(check, path, key);
      taken.add(key);
    }
  }
}

const RESIZED = ['cpu', 'memory'];

const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];

function checkResizePolicy(check: Check, value: Json | undefined, podPolicy: string, at: Place): void {
  const seen = new Set<string>();
  for (const [index, each] of list(value).entries()) {
    const [resource, policy] = [text(record(each).resourceName), text(record(each).restartPolicy)];
    if (seen.has(resource)) duplicate(check, item(at, index), resource);
    seen.add(resource);
    needed('', oneOf(...RESIZED))(check, resource, at);
    needed('', oneOf(...RESIZE_POLICIES))(check, policy, at);
    if (podPolicy === 'Never' && policy !== 'NotRequired')
      invalid(check, at, policy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
  }
}

const NOT_OF_INIT = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];

export function checkNothingRunning(check: Check, container: JsonObject, at: Place): void {
  for (const name of NOT_OF_INIT) {
    if (!isObject(container[name])) continue;
    const place = field(at, name);
    const type = name === 'lifecycle' ? 'Lifecycle' : 'Probe';
    if (check.minor >= FIRST_NEW_ORDER)
      forbidden(check, place, 'may not be set for init containers without restartPolicy=Always');
    else invalid(check, place, { go: `core.${type}{...}`, json: '' }, 'must not be set for init containers');
  }
}

export function checkInitPolicy(check: Check, container: JsonObject, at: Place): void {
  const { restartPolicy, restartPolicyRules } = container;
  if (check.minor >= FIRST_RESTART_RULES) checkRestartPolicy(check, container, at);
  else if (restartPolicy !== undefined && restartPolicy !== 'Always')
    unsupported(check, field(at, 'restartPolicy'), restartPolicy, ['Always']);
  else if (restartPolicy === undefined && list(restartPolicyRules).length > 0)
    required(check, field(at, 'restartPolicy'), 'must specify restartPolicy when restart rules are used');
}

export function checkNoRestart(check: Check, value: Json | undefined, at: Place): void {
  const detail = "must not be set to 'RestartContainer' for non-sidecar initContainers";
  for (const [index, each] of list(value).entries()) {
    if (record(each).restartPolicy === 'RestartContainer')
      invalid(check, field(item(at, index), 'restartPolicy'), 'RestartContainer', detail);
  }
}

export const NOT_EPHEMERAL = [
  'ports',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resources',
  'resizePolicy',
  'restartPolicy',
];

/** In pods, not in templates, an image may not stand among spaces. */
export function checkImage(check: Check, { image }: JsonObject, at: Place): void {
  const name = text(image);
  if (name.trim() !== name) invalid(check, field(at, 'image'), name, 'must not have leading or trailing whitespace');
}
