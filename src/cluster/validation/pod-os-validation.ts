import type { Container, EphemeralContainer } from '../../model/kinds/container.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { ServerPod } from '../defaults/server-pod.ts';
import { type FieldError, forbiddenField, invalidField } from '../index/field-error.ts';

type AnyContainer = Container | EphemeralContainer;

const FIRST_OS = 24;
const WINDOWS = 'cannot be set for a windows pod';
const LINUX = 'windows options cannot be set for a linux pod';
const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const POD_FIELDS = [
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
] as const;
const CONTAINER_FIELDS = [
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

/**
 * What the API's validation finds wrong with a pod for the operating system that it says it is for, and with containers that are processes of a
 * Windows host. Mirrors validateWindows, validateLinux and validateWindowsHostProcessPod of pkg/apis/core/validation, v1.24.
 */
export function podOSErrors(pod: ServerPod, minor: number): FieldError[] {
  const name = minor < FIRST_OS ? undefined : pod.spec.os?.name;
  const errors = name === 'windows' ? windowsErrors(pod) : name === 'linux' ? linuxErrors(pod) : [];
  return [...errors, ...hostProcessErrors(pod)];
}

function windowsErrors({ spec }: ServerPod): FieldError[] {
  const context = spec.securityContext ?? {};
  const paths: FieldPath[] = POD_FIELDS.filter((field) => context[field] !== undefined).map((field) => [
    'spec',
    'securityContext',
    field,
  ]);
  if ((context.sysctls ?? []).length > 0) paths.push(['spec', 'securityContext', 'sysctls']);
  for (const field of ['hostPID', 'hostIPC'] as const) if (spec[field] === true) paths.push(['spec', field]);
  if (spec.shareProcessNamespace !== undefined) paths.push(['spec', 'shareProcessNamespace']);
  for (const { container, path } of containersOf(spec)) {
    const { securityContext = {} } = container;
    for (const field of CONTAINER_FIELDS) {
      if (securityContext[field] !== undefined) paths.push([...path, 'securityContext', field]);
    }
  }
  return paths.map((path) => forbiddenField(path, WINDOWS));
}

function linuxErrors({ spec }: ServerPod): FieldError[] {
  const paths: FieldPath[] = spec.securityContext?.windowsOptions === undefined ? [] : [['spec', 'securityContext']];
  for (const { container, path } of containersOf(spec)) {
    if (container.securityContext?.windowsOptions !== undefined) paths.push([...path, 'securityContext']);
  }
  return paths.map((path) => forbiddenField([...path, 'windowsOptions'], LINUX));
}

function hostProcessErrors({ spec }: ServerPod): FieldError[] {
  const inherited = spec.securityContext?.windowsOptions?.hostProcess;
  const containers = containersOf(spec);
  const own = containers.map(({ container }) => container.securityContext?.windowsOptions?.hostProcess);
  const onHost = own.filter((hostProcess) => hostProcess ?? inherited ?? false).length;
  const errors: FieldError[] = [];
  if (onHost === 0) return errors;
  if (onHost !== containers.length) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(invalidField(['spec'], '', detail));
  }
  if (spec.hostNetwork !== true) {
    const detail = 'hostNetwork must be true if pod contains any hostProcess containers';
    errors.push(invalidField(['spec', 'hostNetwork'], 'false', detail));
  }
  return errors;
}

function containersOf(
  spec: ServerPod['spec'],
): readonly { readonly container: AnyContainer; readonly path: FieldPath }[] {
  return LISTS.flatMap((list) =>
    (spec[list] ?? []).map((container: AnyContainer, index) => ({ container, path: ['spec', list, index] })),
  );
}
