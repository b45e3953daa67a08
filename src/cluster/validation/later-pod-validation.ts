import type { Container, EphemeralContainer } from '../../model/kinds/container.ts';
import type { ObjectMeta } from '../../model/kinds/metadata.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { FieldPath } from '../../text/tree.ts';
import { type FieldError, forbiddenField, invalidField } from '../index/field-error.ts';
import { APPARMOR_CONTAINER } from '../index/pod-profiles.ts';

type AnyContainer = Container | EphemeralContainer;

const FIRST_HOST_USERS = 25;
/** AppArmor got fields, and an unmasked /proc was tied to user namespaces. */
const FIRST_APPARMOR_FIELDS = 30;
const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** A pod as it would be stored: fields of closed feature gates are gone. */
export interface StoredPod {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
}

/**
 * What the validation of servers after 1.24 finds wrong with a new pod besides, as far as it bears on security: user namespaces, an unmasked
 * /proc, AppArmor profiles. Mirrors validateHostUsers, ValidateSecurityContext and validateAppArmorAnnotationsAndFieldsMatchOnCreate of pkg/apis/core/validation, v1.37.
 */
export function laterPodErrors({ metadata, spec }: StoredPod, minor: number): readonly FieldError[] {
  if (minor < FIRST_HOST_USERS) return [];
  const errors = hostUsersErrors(spec);
  if (minor < FIRST_APPARMOR_FIELDS) return errors;
  const isWindows = spec.os?.name === 'windows';
  for (const list of LISTS) {
    for (const [index, container] of (spec[list] ?? []).entries()) {
      const path = ['spec', list, index, 'securityContext'];
      if (container.securityContext?.procMount === 'Unmasked' && spec.hostUsers !== false) {
        errors.push(invalidField([...path, 'procMount'], 'Unmasked', '`hostUsers` must be false to use `Unmasked`'));
      }
      if (!isWindows) errors.push(...appArmorMismatch(metadata, spec, container, path));
    }
  }
  return errors;
}

function hostUsersErrors(spec: PodSpec): FieldError[] {
  if (spec.hostUsers !== undefined && spec.os?.name === 'windows') {
    return [forbiddenField(['spec', 'hostUsers'], 'cannot be set for a windows pod')];
  }
  if (spec.hostUsers !== false) return [];
  const shared: readonly (readonly [boolean | undefined, string])[] = [
    [spec.hostNetwork, 'hostNetwork'],
    // As the server spells them.
    [spec.hostPID, 'HostPID'],
    [spec.hostIPC, 'HostIPC'],
  ];
  return shared.flatMap(([isShared, field]) =>
    isShared === true ? [forbiddenField(['spec', field], 'when `hostUsers` is false')] : [],
  );
}

function appArmorMismatch(
  { annotations = {} }: ObjectMeta,
  spec: PodSpec,
  { name = '', securityContext }: AnyContainer,
  path: FieldPath,
): readonly FieldError[] {
  const profile = securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
  const key = `${APPARMOR_CONTAINER}${name}`;
  if (profile === undefined || !Object.hasOwn(annotations, key)) return [];
  const annotation = annotations[key] ?? '';
  const at = [...path, 'appArmorProfile'];
  const wrongType = [forbiddenField([...at, 'type'], 'apparmor type in annotation and field must match')];
  if (profile.type === 'Unconfined') return annotation === 'unconfined' ? [] : wrongType;
  if (profile.type === 'RuntimeDefault') return annotation === 'runtime/default' ? [] : wrongType;
  if (profile.type !== 'Localhost') return [];
  if (!annotation.startsWith('localhost/')) return wrongType;
  if (annotation === `localhost/${profile.localhostProfile ?? ''}`) return [];
  return [forbiddenField([...at, 'localhostProfile'], 'apparmor profile in annotation and field must match')];
}
