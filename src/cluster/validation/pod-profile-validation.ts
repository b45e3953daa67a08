import { goQuote } from '../../lang/go-quote.ts';
import type { SeccompProfile } from '../../model/kinds/security-context.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { ServerPod } from '../defaults/server-pod.ts';
import {
  type FieldError,
  forbiddenField,
  invalidField,
  requiredField,
  unsupportedField,
} from '../index/field-error.ts';
import {
  APPARMOR_CONTAINER,
  descendingPathErrors,
  SECCOMP_CONTAINER,
  SECCOMP_POD,
  seccompProfileErrors,
} from '../index/pod-profiles.ts';

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** What the API's validation finds wrong with the seccomp and AppArmor profiles of a new pod. Mirrors pkg/apis/core/validation, v1.24. */
export function podProfileErrors({ metadata, spec }: ServerPod): FieldError[] {
  const annotations = metadata.annotations ?? {};
  const errors: FieldError[] = [];
  const containers = CONTAINER_LISTS.flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, path: ['spec', list, index] as const })),
  );
  const names = new Set(containers.map(({ container }) => container.name ?? ''));
  for (const [key, profile] of Object.entries(annotations)) {
    const path: FieldPath = ['metadata', 'annotations', key];
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER)) errors.push(...seccompProfileErrors(profile, path));
    else if (key.startsWith(APPARMOR_CONTAINER)) errors.push(...appArmorErrors(key, profile, names, path));
  }
  const fields = [
    {
      path: ['spec', 'securityContext', 'seccompProfile'],
      profile: spec.securityContext?.seccompProfile,
      key: SECCOMP_POD,
    },
    ...containers.map(({ container, path }) => ({
      path: [...path, 'securityContext', 'seccompProfile'],
      profile: container.securityContext?.seccompProfile,
      key: `${SECCOMP_CONTAINER}${container.name ?? ''}`,
    })),
  ];
  for (const { path, profile, key } of fields) {
    if (profile === undefined) continue;
    errors.push(...fieldErrors(profile, path));
    const annotation = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
    if (annotation !== undefined) errors.push(...mismatch(annotation, profile, path));
  }
  return errors;
}

function appArmorErrors(key: string, profile: string, names: ReadonlySet<string>, path: FieldPath): FieldError[] {
  const name = key.slice(APPARMOR_CONTAINER.length);
  const errors = names.has(name) ? [] : [invalidField(path, name, 'container not found')];
  const known = profile === '' || profile === 'runtime/default' || profile === 'unconfined';
  if (known || profile.startsWith('localhost/')) return errors;
  return [...errors, invalidField(path, profile, `invalid AppArmor profile name: ${goQuote(profile)}`)];
}

/** Mirrors validateSeccompProfileField. */
function fieldErrors({ type = '', localhostProfile }: SeccompProfile, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const types = ['Localhost', 'RuntimeDefault', 'Unconfined'];
  if (type === '') errors.push(requiredField([...path, 'type'], 'type is required when seccompProfile is set'));
  else if (!types.includes(type)) errors.push(unsupportedField([...path, 'type'], type, types));
  const at = [...path, 'localhostProfile'];
  if (type === 'Localhost') {
    if (localhostProfile === undefined) {
      errors.push(requiredField(at, 'must be set when seccomp type is Localhost'));
    } else errors.push(...descendingPathErrors(localhostProfile, at));
  } else if (localhostProfile !== undefined) {
    errors.push(invalidField(at, localhostProfile, 'can only be set when seccomp type is Localhost'));
  }
  return errors;
}

/** A profile that is written twice must be the same twice. Mirrors validateSeccompAnnotationsAndFieldsMatch. */
function mismatch(annotation: string, { type, localhostProfile }: SeccompProfile, path: FieldPath): FieldError[] {
  const wrongType = forbiddenField([...path, 'type'], 'seccomp type in annotation and field must match');
  if (type === 'Unconfined') return annotation === 'unconfined' ? [] : [wrongType];
  if (type === 'RuntimeDefault') {
    return annotation === 'runtime/default' || annotation === 'docker/default' ? [] : [wrongType];
  }
  if (type !== 'Localhost') return [];
  if (!annotation.startsWith('localhost/')) return [wrongType];
  if (annotation === `localhost/${localhostProfile ?? ''}` && localhostProfile !== undefined) return [];
  return [forbiddenField([...path, 'localhostProfile'], 'seccomp profile in annotation and field must match')];
}
