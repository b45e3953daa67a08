import { POLICY_ANNOTATIONS } from '../../../cluster/validation/policy-annotations.ts';
import { SECCOMP_CONTAINER, SECCOMP_POD, seccompAnnotation } from '../../../cluster/index/pod-profiles.ts';
import type { SecurityContext } from '../../../model/kinds/security-context.ts';
import { type ErrorPlace, forbidden, type PolicyError } from './policy-error.ts';

type Annotations = Readonly<Record<string, string>>;

/** What a policy's annotations say about seccomp profiles. */
export interface SeccompRule {
  /** '' for none. */
  readonly defaultProfile: string;
  readonly any: boolean;
  /** The profiles allowed by name; none when the annotation is missing. */
  readonly allowed: ReadonlySet<string>;
  readonly written: string;
  /** Since 1.19 profiles are fields too, and docker/default and runtime/default allow each other. */
  readonly fields: boolean;
}

const RUNTIME_DEFAULT = 'runtime/default';
const DOCKER_DEFAULT = 'docker/default';
const FIRST_WITH_FIELDS = 19;

/** Reads the seccomp annotations of a policy. Mirrors pkg/security/podsecuritypolicy/seccomp NewStrategy, v1.24 (and 1.18 without fields). */
export function compileSeccompRule(annotations: Annotations, minor: number): SeccompRule {
  const written = annotations[POLICY_ANNOTATIONS.seccompAllowed];
  const names = written?.split(',') ?? [];
  const fields = minor >= FIRST_WITH_FIELDS;
  const allowed = new Set(names.filter((name) => name !== '*'));
  if (fields && (allowed.has(RUNTIME_DEFAULT) || allowed.has(DOCKER_DEFAULT))) {
    allowed.add(RUNTIME_DEFAULT).add(DOCKER_DEFAULT);
  }
  const defaultProfile = annotations[POLICY_ANNOTATIONS.seccompDefault] ?? '';
  return { defaultProfile, any: names.includes('*'), allowed, written: written ?? '', fields };
}

/** The profile a policy leaves a pod with: its annotation, else its field, else the policy's default, else ''. */
export function generatedSeccomp(
  rule: SeccompRule,
  annotations: Annotations,
  context: SecurityContextWithProfile,
): string {
  const annotation = annotations[SECCOMP_POD] ?? '';
  if (annotation !== '') return annotation;
  return context?.seccompProfile === undefined ? rule.defaultProfile : seccompAnnotation(context.seccompProfile);
}

type SecurityContextWithProfile = Pick<SecurityContext, 'seccompProfile'> | undefined;

/** Checks the profile of the pod itself. */
export function podSeccompErrors(
  rule: SeccompRule,
  annotations: Annotations,
  context: SecurityContextWithProfile,
): PolicyError[] {
  let profile = annotations[SECCOMP_POD] ?? '';
  let podPath: ErrorPlace['podPath'] = ['metadata', 'annotations', SECCOMP_POD];
  if (profile === '' && context?.seccompProfile !== undefined) {
    profile = seccompAnnotation(context.seccompProfile);
    podPath = ['spec', 'securityContext', 'seccompProfile'];
  }
  return profileErrors(rule, profile, SECCOMP_POD, podPath);
}

/** Checks the profile of a container: its field, else its annotation, else the pod's field, else the pod's annotation. */
export function containerSeccompErrors(
  rule: SeccompRule,
  annotations: Annotations,
  podContext: SecurityContextWithProfile,
  container: { readonly name: string; readonly context: SecurityContextWithProfile },
  podPathOfContainer: ErrorPlace['podPath'],
): PolicyError[] {
  const key = `${SECCOMP_CONTAINER}${container.name}`;
  const own = container.context?.seccompProfile;
  if (own !== undefined) {
    return profileErrors(rule, seccompAnnotation(own), key, [
      ...podPathOfContainer,
      'securityContext',
      'seccompProfile',
    ]);
  }
  const annotation = annotations[key];
  if (annotation !== undefined) return profileErrors(rule, annotation, key, ['metadata', 'annotations', key]);
  const inherited = podContext?.seccompProfile;
  if (inherited !== undefined) {
    return profileErrors(rule, seccompAnnotation(inherited), key, ['spec', 'securityContext', 'seccompProfile']);
  }
  return profileErrors(rule, annotations[SECCOMP_POD] ?? '', key, ['metadata', 'annotations', SECCOMP_POD]);
}

function profileErrors(rule: SeccompRule, profile: string, key: string, podPath: ErrorPlace['podPath']): PolicyError[] {
  const { any, allowed, written } = rule;
  if (any || allowed.has(profile)) return [];
  if (allowed.size === 0 && profile === '') return [];
  const path = `pod.metadata.annotations[${key}]`;
  const place = { podPath, policyPath: ['metadata', 'annotations', POLICY_ANNOTATIONS.seccompAllowed] };
  if (allowed.size === 0) return [forbidden(path, 'seccomp may not be set', place)];
  return [forbidden(path, `${profile} is not an allowed seccomp profile. Valid values are ${written}`, place)];
}
