import { isObject, list, record, text, texts } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import {
  type Check,
  duplicate,
  forbidden,
  goJson,
  invalid,
  type Printed,
  required,
  tooLong,
  unsupported,
} from '../check/check.ts';
import { field, item, type Place } from '../check/place.ts';
import { between, format, oneOf, present, type Rule, table } from '../check/rules.ts';
import { dnsSubdomainErrors } from '../name-formats.ts';
import { internalSecurityContext } from './internal-values.ts';
import { descendingPath } from './volume-sources.ts';

const MOST_ID = 2147483647;
const id = present(between(0, MOST_ID));
const SECCOMP_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
/** From here on procMount Unmasked needs a user namespace. */
const FIRST_UNMASKED_RULE = 31;
const FIRST_APP_ARMOR = 30;

/** Mirrors validateSeccompProfileField. */
export const seccompProfile: Rule = present((check, value, at) => {
  const { type, localhostProfile } = record(value);
  if (text(type) === '') required(check, field(at, 'type'), 'type is required when seccompProfile is set');
  else if (!SECCOMP_TYPES.includes(text(type))) unsupported(check, field(at, 'type'), type, SECCOMP_TYPES);
  const place = field(at, 'localhostProfile');
  if (type === 'Localhost') {
    if (localhostProfile === undefined) required(check, place, 'must be set when seccomp type is Localhost');
    else descendingPath(check, localhostProfile, place);
  } else if (localhostProfile !== undefined) {
    const json = goJson({ Type: type ?? '', LocalhostProfile: localhostProfile });
    const go = `core.SeccompProfile{Type:${JSON.stringify(type ?? '')}, LocalhostProfile:(*string)(0xPTR)}`;
    invalid(check, place, { go, json }, 'can only be set when seccomp type is Localhost');
  }
});

/** Mirrors ValidateAppArmorProfileField. */
export const appArmorProfile: Rule = present((check, value, at) => {
  const { type, localhostProfile } = record(value);
  const place = field(at, 'localhostProfile');
  const profile = text(localhostProfile);
  const detail = 'must be set when AppArmor type is Localhost';
  if (type === 'Localhost') {
    if (localhostProfile === undefined) required(check, place, detail);
    else if (profile.trim() !== profile) invalid(check, place, profile, 'must not be padded with whitespace');
    else if (profile === '') required(check, place, detail);
    if (profile.length > 4095) tooLong(check, place, 4095);
  } else if (type === 'RuntimeDefault' || type === 'Unconfined') {
    if (localhostProfile !== undefined)
      invalid(check, place, localhostProfile, 'can only be set when AppArmor type is Localhost');
  } else if (text(type) === '') required(check, field(at, 'type'), 'type is required when appArmorProfile is set');
  else unsupported(check, field(at, 'type'), type, SECCOMP_TYPES);
});

const ofContainer: Rule = table(
  ['runAsUser', id],
  ['runAsGroup', id],
  ['procMount', present(oneOf('Default', 'Unmasked'))],
);

/** The context of a container. Mirrors ValidateSecurityContext, v1.24 and v1.37. */
export function checkSecurityContext(check: Check, value: Json | undefined, hostUsers: boolean, at: Place): void {
  if (!isObject(value)) return;
  if (value.privileged === true && !check.allowPrivileged)
    forbidden(check, field(at, 'privileged'), 'disallowed by cluster policy');
  ofContainer(check, value, at);
  if (hostUsers && value.procMount === 'Unmasked' && check.minor >= FIRST_UNMASKED_RULE)
    invalid(check, field(at, 'procMount'), 'Unmasked', '`hostUsers` must be false to use `Unmasked`');
  seccompProfile(check, value.seccompProfile, field(at, 'seccompProfile'));
  checkEscalation(check, value, at);
  windowsOptions(check, value.windowsOptions, field(at, 'windowsOptions'));
  if (check.minor >= FIRST_APP_ARMOR) appArmorProfile(check, value.appArmorProfile, field(at, 'appArmorProfile'));
}

function checkEscalation(check: Check, context: JsonObject, at: Place): void {
  if (context.allowPrivilegeEscalation !== false) return;
  const complain = (other: string): void => {
    const value: Printed = { go: 'core.SecurityContext{...}', json: goJson(internalSecurityContext(context)) };
    invalid(check, at, value, `cannot set \`allowPrivilegeEscalation\` to false and ${other}`);
  };
  if (context.privileged === true) complain('`privileged` to true');
  for (const name of texts(record(context.capabilities).add))
    if (name === 'CAP_SYS_ADMIN') complain('`capabilities.Add` CAP_SYS_ADMIN');
}

const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const WINDOWS_DNS = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const FORBIDDEN_CHARACTERS = '"/\\:;|=,+*?<>@[]';

/** Mirrors validateWindowsSecurityContextOptions. */
export const windowsOptions: Rule = present(
  table(
    ['gmsaCredentialSpecName', present(format(dnsSubdomainErrors))],
    [
      'gmsaCredentialSpec',
      present((check, value, at) => {
        if (value === '') invalid(check, at, '', 'gmsaCredentialSpec cannot be an empty string');
        else if (text(value).length > 64 * 1024)
          invalid(check, at, value, 'gmsaCredentialSpec size must be under 64 KiB');
      }),
    ],
    [
      'runAsUserName',
      present((check, value, at) => {
        checkUserName(check, text(value), at);
      }),
    ],
  ),
);

function checkUserName(check: Check, name: string, at: Place): void {
  const complain = (detail: string): void => {
    invalid(check, at, name, `runAsUserName${detail}`);
  };
  const parts = name.split('\\');
  if (name === '') complain(' cannot be an empty string');
  else if (/\p{Cc}/u.test(name)) complain(' cannot contain control characters');
  else if (parts.length > 2) complain(' cannot contain more than one backslash');
  else {
    const [domain, user] = parts.length === 1 ? [undefined, parts[0] ?? ''] : [parts[0] ?? '', parts[1] ?? ''];
    if (domain !== undefined && domain.length >= 256) complain("'s Domain length must be under 256 characters");
    if (domain !== undefined && !NETBIOS.test(domain) && !WINDOWS_DNS.test(domain))
      complain("'s Domain doesn't match the NetBios nor the DNS format");
    if (user === '') complain("'s User cannot be empty");
    else if (user.length > 104) complain("'s User length must not be longer than 104 characters");
    if (/^[. ]+$/.test(user)) complain("'s User cannot contain only periods or spaces");
    if (Array.from(user).some((char) => FORBIDDEN_CHARACTERS.includes(char)))
      complain(`'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]`);
  }
}

const SYSCTL = String.raw`([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?`;
const IS_SYSCTL = /^(?:[a-z\d](?:[-_a-z\d]*[a-z\d])?[./])*[a-z\d](?:[-_a-z\d]*[a-z\d])?$/;
/** From here on the sysctls of the host's namespaces cannot be set where the pod is in them. */
const FIRST_HOST_SYSCTLS = 26;
const OF_NETWORK = ['net.'];
const OF_IPC = ['kernel.sem', 'kernel.shm', 'kernel.msg', 'fs.mqueue.'];

/** Mirrors validateSysctls. */
function checkSysctls(check: Check, context: JsonObject, spec: JsonObject, at: Place): void {
  const names = new Set<string>();
  for (const [index, each] of list(context.sysctls).entries()) {
    const name = text(record(each).name);
    const place = field(item(at, index), 'name');
    const isLater = check.minor >= FIRST_HOST_SYSCTLS;
    const words = isLater ? `^${SYSCTL}$` : SYSCTL.replace(String.raw`[\./]`, String.raw`\.`);
    if (name === '') required(check, place);
    else if (name.length > 253 || !IS_SYSCTL.test(name) || (!isLater && name.includes('/')))
      invalid(check, place, name, `must have at most 253 characters and match regex ${words}`);
    else if (names.has(name)) duplicate(check, place, name);
    if (check.minor >= FIRST_HOST_SYSCTLS) {
      const plain = dotted(name);
      if (spec.hostNetwork === true && OF_NETWORK.some((prefix) => plain.startsWith(prefix)))
        invalid(check, place, name, "may not be specified when 'hostNetwork' is true");
      else if (spec.hostIPC === true && OF_IPC.some((prefix) => plain.startsWith(prefix)))
        invalid(check, place, name, "may not be specified when 'hostIPC' is true");
    }
    names.add(name);
  }
}

/** `net/ipv4/x` and `net.ipv4.x` are the same; the first separator says which is which. */
function dotted(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  if (first !== '/') return name;
  return name.replaceAll(/[./]/g, (char) => (char === '/' ? '.' : '/'));
}

const FIRST_GROUPS_POLICY = 33;

const idsOfPod: Rule = table(['fsGroup', id], ['runAsUser', id], ['runAsGroup', id]);
const restOfPod: Rule = table(
  ['fsGroupChangePolicy', present(oneOf('Always', 'OnRootMismatch'))],
  ['seccompProfile', seccompProfile],
  ['windowsOptions', windowsOptions],
  ['appArmorProfile', appArmorProfile, FIRST_APP_ARMOR],
  ['supplementalGroupsPolicy', present(oneOf('Merge', 'Strict')), FIRST_GROUPS_POLICY],
  ['seLinuxChangePolicy', present(oneOf('MountOption', 'Recursive')), FIRST_GROUPS_POLICY],
);

/** The context of a pod. Mirrors ValidatePodSecurityContext, v1.24, and validatePodSpecSecurityContext, v1.37. */
export function checkPodContext(check: Check, spec: JsonObject, at: Place): void {
  const context = spec.securityContext;
  if (!isObject(context)) return;
  idsOfPod(check, context, at);
  for (const [index, group] of list(context.supplementalGroups).entries())
    between(0, MOST_ID)(check, group, item(field(at, 'supplementalGroups'), index));
  if (check.minor < FIRST_PLAIN_SHARING && spec.shareProcessNamespace === true && spec.hostPID === true)
    invalid(check, field(at, 'shareProcessNamespace'), true, SHARING);
  checkSysctls(check, context, spec, field(at, 'sysctls'));
  restOfPod(check, context, at);
}

/** Until here complaints about what the internal type holds in the context were said there. */
const FIRST_PLAIN_SHARING = 33;
const SHARING = 'ShareProcessNamespace and HostPID cannot both be enabled';

/** Sharing processes and having the host's at once, as newer servers say it. */
export function checkSharing(check: Check, spec: JsonObject, at: Place): void {
  if (check.minor >= FIRST_PLAIN_SHARING && spec.shareProcessNamespace === true && spec.hostPID === true)
    invalid(check, field(at, 'shareProcessNamespace'), true, SHARING);
}
