import { isObject, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, invalid, required, unsupported } from '../check/check.ts';
import { field, fieldAt, type Place } from '../check/place.ts';
import { isEmpty } from '../check/rules.ts';
import { containersOf } from './each-container.ts';

const NAMES = ['linux', 'windows'];
const FOR_LINUX = 'windows options cannot be set for a linux pod';
const FOR_WINDOWS = 'cannot be set for a windows pod';
/** Until here the internal type held what is the host's in the context, and messages follow its order. */
const FIRST_PLAIN = 33;
const OF_POD_BEFORE = [
  'seLinuxOptions',
  '.hostPID',
  '.hostIPC',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  '.shareProcessNamespace',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
];
const OF_POD = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
  '.hostUsers',
  '.hostPID',
  '.hostIPC',
  '.shareProcessNamespace',
];
const OF_CONTAINER = [
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

/** What goes with the operating system that a pod names. Mirrors validateOS, validateLinux and validateWindows. */
export function checkOS(check: Check, spec: JsonObject, at: Place): void {
  if (!isObject(spec.os)) return;
  const name = text(spec.os.name);
  const place = field(at, 'os');
  if (name === '') required(check, field(place, 'name'), check.minor >= FIRST_PLAIN ? '' : 'cannot be empty');
  else if (!NAMES.includes(name)) unsupported(check, place, name, NAMES);
  else if (name === 'linux') checkLinux(check, spec, at);
  else checkWindows(check, spec, at);
}

function checkLinux(check: Check, spec: JsonObject, at: Place): void {
  if (record(spec.securityContext).windowsOptions !== undefined)
    forbidden(check, fieldAt(at, 'securityContext', 'windowsOptions'), FOR_LINUX);
  for (const { container, place } of containersOf(spec, at))
    if (record(container.securityContext).windowsOptions !== undefined)
      forbidden(check, fieldAt(place, 'securityContext', 'windowsOptions'), FOR_LINUX);
}

function checkWindows(check: Check, spec: JsonObject, at: Place): void {
  const isPlain = check.minor >= FIRST_PLAIN;
  const context = record(spec.securityContext);
  for (const name of isPlain ? OF_POD : OF_POD_BEFORE) {
    const own = name.startsWith('.') ? name.slice(1) : undefined;
    const value = own === undefined ? context[name] : spec[own];
    if (!isSet(value, own)) continue;
    forbidden(check, own === undefined ? fieldAt(at, 'securityContext', name) : field(at, own), FOR_WINDOWS);
  }
  for (const { container, place } of containersOf(spec, at)) {
    const inside = record(container.securityContext);
    for (const name of isPlain ? ['appArmorProfile', ...OF_CONTAINER] : OF_CONTAINER)
      if (inside[name] !== undefined) forbidden(check, fieldAt(place, 'securityContext', name), FOR_WINDOWS);
  }
}

/** Flags count when they are on, pointers and lists when they are there. */
function isSet(value: Json | undefined, own: string | undefined): boolean {
  return own === 'hostPID' || own === 'hostIPC'
    ? value === true
    : value !== undefined && !(Array.isArray(value) && isEmpty(value));
}

/** Processes of the host on Windows: all containers or none, and the host's network. Mirrors validateWindowsHostProcessPod. */
export function checkHostProcess(check: Check, spec: JsonObject, at: Place): void {
  const inherited = record(record(spec.securityContext).windowsOptions).hostProcess;
  const all = containersOf(spec, at);
  let onHost = 0;
  for (const { container, place } of all) {
    const own = record(record(container.securityContext).windowsOptions).hostProcess;
    if (inherited !== undefined && own !== undefined && inherited !== own) {
      const detail = `pod hostProcess value must be identical if both are specified, was ${inherited === true ? 'true' : 'false'}`;
      invalid(check, fieldAt(place, 'securityContext', 'windowsOptions', 'hostProcess'), own, detail);
    }
    if ((own ?? inherited) === true) onHost++;
  }
  if (onHost === 0) return;
  if (onHost !== all.length)
    invalid(
      check,
      at,
      '',
      'If pod contains any hostProcess containers then all containers must be HostProcess containers',
    );
  if (spec.hostNetwork !== true)
    invalid(
      check,
      field(at, 'hostNetwork'),
      false,
      'hostNetwork must be true if pod contains any hostProcess containers',
    );
  if (!check.allowPrivileged) forbidden(check, at, 'hostProcess containers are disallowed by cluster policy');
}
