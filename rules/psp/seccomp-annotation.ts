import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that sets no seccomp profile for containers. Mirrors pkg/security/podsecuritypolicy/seccomp, v1.24. */
export const rule = definePolicyRule({
  id: 'psp/seccomp-annotation',
  summary: 'Widely granted PodSecurityPolicies set a default seccomp profile',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.7.2'],
  messages: {
    none: 'sets no default seccomp profile: containers that name no profile can make every system call',
    unconfined: 'sets the default seccomp profile `unconfined`, with which containers can make every system call',
  },
  *faults({ object, spec, annotations }) {
    if (spec.privileged === true) return;
    const profile = annotations[DEFAULT_PROFILE];
    // A default that is not allowed as well makes the policy refuse every pod that it fills it into.
    const also = annotations[ALLOWED_PROFILES] === undefined ? ` and \`${ALLOWED_PROFILES}\`` : '';
    const hint = `set the annotation \`${DEFAULT_PROFILE}\`${also} to \`runtime/default\``;
    if (profile === undefined) yield { is: 'none', at: object, hint };
    else if (profile === 'unconfined')
      yield { is: 'unconfined', at: { object, path: ['metadata', 'annotations', DEFAULT_PROFILE] }, hint };
  },
});

const DEFAULT_PROFILE = 'seccomp.security.alpha.kubernetes.io/defaultProfileName';
const ALLOWED_PROFILES = 'seccomp.security.alpha.kubernetes.io/allowedProfileNames';
