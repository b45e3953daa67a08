import { goQuote } from '../../lang/go-quote.ts';
import { type FieldError, invalidField } from '../index/field-error.ts';
import { seccompProfileErrors } from '../index/pod-profiles.ts';

/** Annotations by which a PodSecurityPolicy decides about seccomp and AppArmor profiles. */
export const POLICY_ANNOTATIONS = {
  seccompAllowed: 'seccomp.security.alpha.kubernetes.io/allowedProfileNames',
  seccompDefault: 'seccomp.security.alpha.kubernetes.io/defaultProfileName',
  appArmorAllowed: 'apparmor.security.beta.kubernetes.io/allowedProfileNames',
  appArmorDefault: 'apparmor.security.beta.kubernetes.io/defaultProfileName',
} as const;

/** What is wrong with a policy's own annotations. Mirrors ValidatePodSecurityPolicySpecificAnnotations, v1.24. */
export function policyAnnotationErrors(annotations: Readonly<Record<string, string>>): FieldError[] {
  const { seccompAllowed, seccompDefault, appArmorAllowed, appArmorDefault } = POLICY_ANNOTATIONS;
  const errors: FieldError[] = [];
  for (const key of [appArmorDefault, appArmorAllowed]) {
    const written = annotations[key] ?? '';
    const profiles = key === appArmorDefault ? [written] : written.split(',');
    for (const profile of profiles) {
      if (profile === '' || profile === 'runtime/default' || profile === 'unconfined') continue;
      if (profile.startsWith('localhost/')) continue;
      const detail = `invalid AppArmor profile name: ${goQuote(profile)}`;
      errors.push(invalidField(['metadata', 'annotations', key], written, detail));
    }
  }
  for (const key of [seccompDefault, seccompAllowed]) {
    const written = annotations[key] ?? '';
    if (written === '') continue;
    for (const profile of key === seccompDefault ? [written] : written.split(',')) {
      if (profile === '*' && key === seccompAllowed) continue;
      errors.push(...seccompProfileErrors(profile, ['metadata', 'annotations', key]));
    }
  }
  return errors;
}
