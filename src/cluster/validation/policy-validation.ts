import { goQuote } from '../../lang/go-quote.ts';
import type { ObjectMeta } from '../../model/kinds/metadata.ts';
import type { PodSecurityPolicySpec } from '../../model/kinds/pod-security-policy.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import { type FieldError, invalidField, requiredField, unsupportedField } from '../index/field-error.ts';
import { metadataErrors } from './metadata-validation.ts';
import { dnsSubdomainErrors } from './name-formats.ts';
import { policyAnnotationErrors } from './policy-annotations.ts';
import { sysctlListErrors, sysctlOverlapErrors } from './policy-sysctls.ts';

type Ranges = NonNullable<PodSecurityPolicySpec['fsGroup']>['ranges'];

const GROUP_RULES = ['MayRunAs', 'MustRunAs', 'RunAsAny'];
const USER_RULES = ['MustRunAs', 'MustRunAsNonRoot', 'RunAsAny'];
const SELINUX_RULES = ['MustRunAs', 'RunAsAny'];
/** Volume types of policies in the order the server lists them, with the minor that brought the late ones. */
const VOLUME_TYPES: readonly (readonly [string, number])[] = [
  ['*', 0],
  ['awsElasticBlockStore', 0],
  ['azureDisk', 0],
  ['azureFile', 0],
  ['cephFS', 0],
  ['cinder', 0],
  ['configMap', 0],
  ['csi', 14],
  ['downwardAPI', 0],
  ['emptyDir', 0],
  ['ephemeral', 19],
  ['fc', 0],
  ['flexVolume', 0],
  ['flocker', 0],
  ['gcePersistentDisk', 0],
  ['gitRepo', 0],
  ['glusterfs', 0],
  ['hostPath', 0],
  ['iscsi', 0],
  ['nfs', 0],
  ['persistentVolumeClaim', 0],
  ['photonPersistentDisk', 0],
  ['portworxVolume', 0],
  ['projected', 0],
  ['quobyte', 0],
  ['rbd', 0],
  ['scaleIO', 0],
  ['secret', 0],
  ['storageos', 0],
  ['vsphereVolume', 0],
];

/** What the API's validation finds wrong with a new PodSecurityPolicy. Mirrors pkg/apis/policy/validation ValidatePodSecurityPolicy, v1.24. */
export function policyErrors(metadata: ObjectMeta, spec: PodSecurityPolicySpec, minor: number): FieldError[] {
  return [
    ...metadataErrors(metadata, false, policyNameErrors),
    ...policyAnnotationErrors(metadata.annotations ?? {}),
    ...identityErrors(spec, minor),
    ...volumeErrors(spec.volumes ?? [], minor),
    ...capabilityErrors(spec),
    ...escalationErrors(spec),
    ...procMountErrors(spec.allowedProcMountTypes ?? []),
    ...volumeListErrors(spec),
    ...sysctlListErrors(['spec', 'allowedUnsafeSysctls'], spec.allowedUnsafeSysctls ?? []),
    ...sysctlListErrors(['spec', 'forbiddenSysctls'], spec.forbiddenSysctls ?? []),
    ...sysctlOverlapErrors(spec.allowedUnsafeSysctls ?? [], spec.forbiddenSysctls ?? []),
    ...runtimeClassErrors(spec.runtimeClass),
  ];
}

function policyNameErrors(name: string): readonly string[] {
  return dnsSubdomainErrors(name);
}

function identityErrors(spec: PodSecurityPolicySpec, minor: number): FieldError[] {
  const groupRules = minor >= 13 ? GROUP_RULES : ['MustRunAs', 'RunAsAny'];
  return [
    ...ruleErrors('runAsUser', spec.runAsUser, USER_RULES),
    ...runAsGroupErrors(spec.runAsGroup),
    ...ruleErrors('seLinux', { rule: spec.seLinux?.rule ?? '' }, SELINUX_RULES),
    ...ruleErrors('supplementalGroups', spec.supplementalGroups, groupRules),
    ...ruleErrors('fsGroup', spec.fsGroup, groupRules),
  ];
}

function ruleErrors(
  field: string,
  options: { readonly rule?: string; readonly ranges?: Ranges } | undefined,
  supported: readonly string[],
): FieldError[] {
  const { rule = '', ranges = [] } = options ?? {};
  const errors = supported.includes(rule) ? [] : [unsupportedField(['spec', field, 'rule'], rule, supported)];
  return [...errors, ...rangeErrors(['spec', field, 'ranges'], ranges)];
}

function runAsGroupErrors(options: PodSecurityPolicySpec['runAsGroup']): FieldError[] {
  if (options === undefined) return [];
  const { rule = '', ranges = [] } = options;
  const path: FieldPath = ['spec', 'runAsGroup', 'ranges'];
  if (rule === 'RunAsAny') {
    const printed = ranges.map(({ min = 0, max = 0 }) => `policy.IDRange{Min:${min}, Max:${max}}`).join(', ');
    return ranges.length === 0 ? [] : [invalid(path, `[]policy.IDRange{${printed}}`, 'Ranges must be empty')];
  }
  if (rule !== 'MustRunAs' && rule !== 'MayRunAs') {
    return [unsupportedField(['spec', 'runAsGroup', 'rule'], rule, ['MustRunAs', 'RunAsAny', 'MayRunAs'])];
  }
  const missing =
    ranges.length === 0 ? [invalid(path, '[]policy.IDRange(nil)', 'must provide at least one range')] : [];
  return [...missing, ...rangeErrors(path, ranges)];
}

function rangeErrors(path: FieldPath, ranges: NonNullable<Ranges>): FieldError[] {
  return ranges.flatMap(({ min = 0, max = 0 }, index) => {
    const errors: FieldError[] = [];
    if (min < 0) errors.push(invalid([...path, index, 'min'], String(min), 'min cannot be negative'));
    if (max < 0) errors.push(invalid([...path, index, 'max'], String(max), 'max cannot be negative'));
    if (min > max) errors.push(invalid([...path, index, 'min'], String(min), 'min cannot be greater than max'));
    return errors;
  });
}

function volumeErrors(volumes: readonly string[], minor: number): FieldError[] {
  const supported = VOLUME_TYPES.filter(([, since]) => since <= minor).map(([type]) => type);
  return volumes
    .filter((type) => !supported.includes(type))
    .map((type) => unsupportedField(['spec', 'volumes'], type, supported));
}

function capabilityErrors(spec: PodSecurityPolicySpec): FieldError[] {
  const { requiredDropCapabilities: drops = [], allowedCapabilities = [], defaultAddCapabilities = [] } = spec;
  const errors: FieldError[] = [];
  if (drops.length > 0 && allowedCapabilities.includes('*')) {
    const printed = `[]core.Capability{${drops.map(goQuote).join(', ')}}`;
    const detail = 'must be empty when all capabilities are allowed by a wildcard';
    errors.push(invalid(['requiredDropCapabilities'], printed, detail));
  }
  for (const [field, added] of Object.entries({ defaultAddCapabilities, allowedCapabilities })) {
    const detail = `capability is listed in ${field} and requiredDropCapabilities`;
    for (const name of added) if (drops.includes(name)) errors.push(invalidField([field], name, detail));
  }
  return errors;
}

function escalationErrors(spec: PodSecurityPolicySpec): FieldError[] {
  if (spec.defaultAllowPrivilegeEscalation !== true || spec.allowPrivilegeEscalation !== false) return [];
  const detail =
    'Cannot set DefaultAllowPrivilegeEscalation to true without also setting AllowPrivilegeEscalation to true';
  return [invalid(['spec', 'defaultAllowPrivilegeEscalation'], 'true', detail)];
}

function procMountErrors(types: readonly string[]): FieldError[] {
  const supported = ['Default', 'Unmasked'];
  return [...types.entries()]
    .filter(([, type]) => !supported.includes(type))
    .map(([index, type]) => unsupportedField(['spec', 'allowedProcMountTypes', index], type, supported));
}

function volumeListErrors(spec: PodSecurityPolicySpec): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, { pathPrefix = '' }] of (spec.allowedHostPaths ?? []).entries()) {
    const path: FieldPath = ['spec', 'allowedHostPaths', index];
    if (pathPrefix === '') {
      errors.push(requiredField(path, 'is required'));
      break;
    }
    if (pathPrefix.split('/').includes('..')) errors.push(invalidField(path, pathPrefix, "must not contain '..'"));
  }
  for (const [index, { driver = '' }] of (spec.allowedFlexVolumes ?? []).entries()) {
    const path = ['spec', 'allowedFlexVolumes', 'allowedFlexVolumes', index, 'driver'];
    if (driver === '') errors.push(requiredField(path, 'must specify a driver'));
  }
  for (const [index, { name = '' }] of (spec.allowedCSIDrivers ?? []).entries()) {
    const path = ['spec', 'allowedCSIDrivers', 'allowedCSIDriver', index, 'name'];
    if (name === '') errors.push(requiredField(path, ''));
    if (name.length > 63) errors.push(tooLong(path, 63));
    for (const message of dnsSubdomainErrors(name.toLowerCase())) errors.push(invalidField(path, name, message));
  }
  return errors;
}

function runtimeClassErrors(strategy: PodSecurityPolicySpec['runtimeClass']): FieldError[] {
  if (strategy === undefined) return [];
  const errors: FieldError[] = [];
  const path: FieldPath = ['spec', 'runtimeClass', 'allowedRuntimeClassNames'];
  const { allowedRuntimeClassNames: names = [], defaultRuntimeClassName } = strategy;
  for (const [index, name] of names.entries()) {
    if (name !== '*') {
      for (const message of dnsSubdomainErrors(name)) errors.push(invalidField([...path, index], name, message));
    }
    if (names.indexOf(name) < index) errors.push(duplicate([...path, index], name));
  }
  if (defaultRuntimeClassName !== undefined) {
    const at: FieldPath = ['spec', 'runtimeClass', 'defaultRuntimeClassName'];
    for (const message of dnsSubdomainErrors(defaultRuntimeClassName)) {
      errors.push(invalidField(at, defaultRuntimeClassName, message));
    }
    if (!names.includes(defaultRuntimeClassName) && !names.includes('*')) {
      errors.push(requiredField(path, `default ${goQuote(defaultRuntimeClassName)} must be allowed`));
    }
  }
  if (names.length > 1 && names.includes('*')) {
    errors.push(invalidField(path, names, "if '*' is present, must not specify other RuntimeClass names"));
  }
  return errors;
}

function invalid(path: FieldPath, printed: string, detail: string): FieldError {
  return { path, message: `${formatFieldPath(path)}: Invalid value: ${printed}: ${detail}` };
}

function duplicate(path: FieldPath, value: string): FieldError {
  return { path, message: `${formatFieldPath(path)}: Duplicate value: ${goQuote(value)}` };
}

function tooLong(path: FieldPath, maximum: number): FieldError {
  return { path, message: `${formatFieldPath(path)}: Too long: must have at most ${maximum} bytes` };
}
