import { POLICY_ANNOTATIONS } from '../../../cluster/validation/policy-annotations.ts';
import { APPARMOR_CONTAINER } from '../../../cluster/index/pod-profiles.ts';
import { forbidden, goString, type PolicyError } from './policy-error.ts';

type Annotations = Readonly<Record<string, string>>;

/** What a policy's annotations say about AppArmor profiles; without `allowed` every profile will do. */
export interface AppArmorRule {
  readonly defaultProfile: string;
  readonly allowed: ReadonlySet<string> | undefined;
  readonly written: string;
}

/** Reads the AppArmor annotations of a policy. Mirrors pkg/security/podsecuritypolicy/apparmor NewStrategy, v1.24. */
export function compileAppArmorRule(annotations: Annotations): AppArmorRule {
  const written = annotations[POLICY_ANNOTATIONS.appArmorAllowed];
  return {
    defaultProfile: annotations[POLICY_ANNOTATIONS.appArmorDefault] ?? '',
    allowed: written === undefined ? undefined : new Set(written.split(',')),
    written: written ?? '',
  };
}

/** The annotation a policy adds for a container that has no profile; undefined where it adds none. */
export function generatedAppArmor(
  rule: AppArmorRule,
  annotations: Annotations,
  containerName: string,
): readonly [key: string, profile: string] | undefined {
  if (rule.defaultProfile === '') return undefined;
  const key = `${APPARMOR_CONTAINER}${containerName}`;
  return (annotations[key] ?? '') === '' ? [key, rule.defaultProfile] : undefined;
}

/** Checks the profile of a container. */
export function appArmorErrors(rule: AppArmorRule, annotations: Annotations, containerName: string): PolicyError[] {
  if (rule.allowed === undefined) return [];
  const key = `${APPARMOR_CONTAINER}${containerName}`;
  const profile = annotations[key] ?? '';
  if (profile !== '' && rule.allowed.has(profile)) return [];
  const detail =
    profile === ''
      ? 'AppArmor profile must be set'
      : `${profile} is not an allowed profile. Allowed values: ${goString(rule.written)}`;
  const place = {
    podPath: ['metadata', 'annotations', key],
    policyPath: ['metadata', 'annotations', POLICY_ANNOTATIONS.appArmorAllowed],
  };
  return [forbidden(`pod.metadata.annotations[${key}]`, detail, place)];
}
