import type { SeccompProfile } from '../../model/kinds/security-context.ts';
import type { FieldPath } from '../../text/tree.ts';
import { type FieldError, invalidField } from './field-error.ts';

/** The annotation of a pod's seccomp profile. */
export const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
/** Prefix of the annotation of a container's seccomp profile. */
export const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
/** Prefix of the annotation of a container's AppArmor profile. */
export const APPARMOR_CONTAINER = 'container.apparmor.security.beta.kubernetes.io/';

const LOCALHOST = 'localhost/';

/** The annotation's spelling of a seccomp field; '' where there is none. Mirrors pkg/api/pod SeccompAnnotationForField, v1.24. */
export function seccompAnnotation({ type, localhostProfile }: SeccompProfile): string {
  if (type === 'Unconfined') return 'unconfined';
  if (type === 'RuntimeDefault') return 'runtime/default';
  return type === 'Localhost' && localhostProfile !== undefined ? `${LOCALHOST}${localhostProfile}` : '';
}

/** The field's spelling of a seccomp annotation, undefined where there is none. Mirrors pkg/api/pod SeccompFieldForAnnotation, v1.24. */
export function seccompField(annotation: string): SeccompProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default' || annotation === 'docker/default') return { type: 'RuntimeDefault' };
  if (!annotation.startsWith(LOCALHOST) || annotation === LOCALHOST) return undefined;
  return { type: 'Localhost', localhostProfile: annotation.slice(LOCALHOST.length) };
}

/** What is wrong with a seccomp profile written in an annotation. Mirrors ValidateSeccompProfile, v1.24. */
export function seccompProfileErrors(profile: string, path: FieldPath): FieldError[] {
  if (profile === 'runtime/default' || profile === 'docker/default' || profile === 'unconfined') return [];
  if (profile.startsWith(LOCALHOST)) return descendingPathErrors(profile.slice(LOCALHOST.length), path);
  return [invalidField(path, profile, 'must be a valid seccomp profile')];
}

/** What is wrong with a path that must stay below a directory. Mirrors validateLocalDescendingPath, v1.24. */
export function descendingPathErrors(target: string, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  if (target.startsWith('/')) errors.push(invalidField(path, target, 'must be a relative path'));
  if (target.split('/').includes('..')) errors.push(invalidField(path, target, "must not contain '..'"));
  return errors;
}
