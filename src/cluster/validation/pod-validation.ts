import { goQuote } from '../../lang/go-quote.ts';
import type { Container, EphemeralContainer } from '../../model/kinds/container.ts';
import type { SecurityContext } from '../../model/kinds/security-context.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import type { ServerPod } from '../defaults/server-pod.ts';
import {
  type FieldError,
  forbiddenField,
  invalidField,
  requiredField,
  unsupportedField,
} from '../index/field-error.ts';
import { withPlainPrefix } from '../index/generated-name.ts';
import { metadataErrors } from './metadata-validation.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from './name-formats.ts';
import { podProfileErrors } from './pod-profile-validation.ts';
import { requirementErrors } from './resource-validation.ts';

/** What decides beside the pod whether the API accepts it. */
export interface PodValidationOptions {
  /** kube-apiserver --allow-privileged; kubeadm sets it, its default is false. */
  readonly allowPrivileged: boolean;
}

type AnyContainer = Container | EphemeralContainer;

const MAXIMUM_ID = 2147483647;
const ID_RANGE = `must be between 0 and ${MAXIMUM_ID}, inclusive`;

/**
 * What the API's validation finds wrong with a new pod, as far as it bears on security: names, images, volumes' and containers' names,
 * ids, ports on the host, profiles, privileges. Mirrors ValidatePodCreate of pkg/apis/core/validation, v1.24, of which it is a part: a pod
 * without complaints here may still be invalid (probes, affinity, the sources of volumes are not looked at).
 */
export function podErrors(pod: ServerPod, options: PodValidationOptions): FieldError[] {
  const { spec, metadata } = pod;
  const errors = metadataErrors(withPlainPrefix(metadata), true, dnsSubdomainErrors);
  errors.push(...podProfileErrors(pod), ...volumeNameErrors(pod));
  if ((spec.containers ?? []).length === 0) errors.push(requiredField(['spec', 'containers'], ''));
  const names = new Set<string>();
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    for (const [index, container] of (spec[list] ?? []).entries()) {
      errors.push(...containerErrors(container, ['spec', list, index], names, options));
    }
  }
  errors.push(...podContextErrors(pod), ...hostPortErrors(pod));
  if (spec.serviceAccountName !== undefined) {
    for (const message of dnsSubdomainErrors(spec.serviceAccountName)) {
      errors.push(invalidField(['spec', 'serviceAccountName'], spec.serviceAccountName, message));
    }
  }
  if (spec.runtimeClassName !== undefined) {
    for (const message of dnsSubdomainErrors(spec.runtimeClassName)) {
      errors.push(invalidField(['spec', 'runtimeClassName'], spec.runtimeClassName, message));
    }
  }
  if ((spec.ephemeralContainers ?? []).length > 0) {
    errors.push(forbiddenField(['spec', 'ephemeralContainers'], 'cannot be set on create'));
  }
  return errors;
}

function volumeNameErrors({ spec }: ServerPod): FieldError[] {
  const names = new Set<string>();
  return (spec.volumes ?? []).flatMap(({ name = '' }, index) => {
    const path: FieldPath = ['spec', 'volumes', index, 'name'];
    if (name === '') return [requiredField(path, '')];
    if (names.has(name)) return [duplicate(path, name)];
    names.add(name);
    return dnsLabelErrors(name).map((message) => invalidField(path, name, message));
  });
}

function containerErrors(
  container: AnyContainer,
  path: FieldPath,
  names: Set<string>,
  options: PodValidationOptions,
): FieldError[] {
  const { name = '', image = '', volumeMounts = [] } = container;
  const errors: FieldError[] = [];
  if (name === '') errors.push(requiredField([...path, 'name'], ''));
  else for (const message of dnsLabelErrors(name)) errors.push(invalidField([...path, 'name'], name, message));
  if (names.has(name)) errors.push(duplicate([...path, 'name'], name));
  names.add(name);
  if (image === '') errors.push(requiredField([...path, 'image'], ''));
  for (const [index, mount] of volumeMounts.entries()) {
    if ((mount.mountPath ?? '') === '') errors.push(requiredField([...path, 'volumeMounts', index, 'mountPath'], ''));
  }
  if (container.resources !== undefined) errors.push(...requirementErrors(container.resources, [...path, 'resources']));
  const context = container.securityContext;
  if (context !== undefined) errors.push(...contextErrors(context, [...path, 'securityContext'], options));
  return errors;
}

/** Mirrors ValidateSecurityContext; the value the server prints of a whole context is shortened to its type. */
function contextErrors(
  context: SecurityContext,
  path: FieldPath,
  { allowPrivileged }: PodValidationOptions,
): FieldError[] {
  const errors: FieldError[] = [];
  const { privileged, allowPrivilegeEscalation, procMount } = context;
  if (privileged === true && !allowPrivileged) {
    errors.push(forbiddenField([...path, 'privileged'], 'disallowed by cluster policy'));
  }
  errors.push(...idErrors(context, path));
  if (procMount !== undefined && procMount !== 'Default' && procMount !== 'Unmasked') {
    errors.push(unsupportedField([...path, 'procMount'], procMount, ['Default', 'Unmasked']));
  }
  if (allowPrivilegeEscalation === false) {
    const complain = (other: string): void => {
      const text = `cannot set \`allowPrivilegeEscalation\` to false and ${other}`;
      errors.push({ path, message: `${formatFieldPath(path)}: Invalid value: core.SecurityContext{...}: ${text}` });
    };
    if (privileged === true) complain('`privileged` to true');
    for (const name of context.capabilities?.add ?? []) {
      if (name === 'CAP_SYS_ADMIN') complain('`capabilities.Add` CAP_SYS_ADMIN');
    }
  }
  return errors;
}

function idErrors(
  ids: { readonly runAsUser?: number; readonly runAsGroup?: number; readonly fsGroup?: number },
  path: FieldPath,
): FieldError[] {
  return (['fsGroup', 'runAsUser', 'runAsGroup'] as const).flatMap((field) => {
    const id = ids[field];
    return id === undefined || (id >= 0 && id <= MAXIMUM_ID) ? [] : [badId([...path, field], id)];
  });
}

function badId(path: FieldPath, id: number): FieldError {
  return { path, message: `${formatFieldPath(path)}: Invalid value: ${id}: ${ID_RANGE}` };
}

function podContextErrors({ spec }: ServerPod): FieldError[] {
  const context = spec.securityContext ?? {};
  const path: FieldPath = ['spec', 'securityContext'];
  const errors = idErrors(context, path);
  for (const [index, group] of (context.supplementalGroups ?? []).entries()) {
    if (group < 0 || group > MAXIMUM_ID) errors.push(badId([...path, 'supplementalGroups', index], group));
  }
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    const at = [...path, 'shareProcessNamespace'];
    const detail = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.push({ path: at, message: `${formatFieldPath(at)}: Invalid value: true: ${detail}` });
  }
  return errors;
}

function hostPortErrors({ spec }: ServerPod): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { ports = [] }] of (spec.containers ?? []).entries()) {
    for (const [position, port] of ports.entries()) {
      const { hostPort = 0, containerPort = 0, protocol = '', hostIP = '' } = port;
      const path: FieldPath = ['spec', 'containers', index, 'ports', position];
      if (spec.hostNetwork === true && hostPort !== containerPort) {
        const at = [...path, 'containerPort'];
        const detail = 'must match `hostPort` when `hostNetwork` is true';
        errors.push({ path: at, message: `${formatFieldPath(at)}: Invalid value: ${containerPort}: ${detail}` });
      }
      if (hostPort === 0) continue;
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (seen.has(key)) errors.push(duplicate([...path, 'hostPort'], key));
      seen.add(key);
    }
  }
  return errors;
}

function duplicate(path: FieldPath, value: string): FieldError {
  return { path, message: `${formatFieldPath(path)}: Duplicate value: ${goQuote(value)}` };
}
