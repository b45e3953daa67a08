import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that gives containers no seccomp profile. Mirrors pkg/security/podsecuritypolicy/seccomp, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/seccomp-annotation',
  summary: 'Policies that many may use give containers a seccomp profile',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.7.2'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    none: 'the policy `{policy}` gives containers no seccomp profile: every system call is open to those that name none',
    unconfined: 'the policy `{policy}` gives containers the seccomp profile `unconfined`, which restricts nothing',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.privileged === true) return;
    const profile = policy.annotations[DEFAULT_PROFILE];
    if (profile === undefined) {
      // A default that is not allowed as well makes the policy refuse every pod that it fills it into.
      const allowed = policy.annotations[ALLOWED_PROFILES] === undefined ? ` and \`${ALLOWED_PROFILES}\`` : '';
      const hint = `set the annotation \`${DEFAULT_PROFILE}\`${allowed} to \`runtime/default\``;
      report(object, 'none', { policy: name }, { ...psp.reach(policy), hint });
    } else if (profile === 'unconfined') {
      const path = ['metadata', 'annotations', DEFAULT_PROFILE];
      report({ object, path }, 'unconfined', { policy: name }, psp.reach(policy));
    }
  },
});

const DEFAULT_PROFILE = 'seccomp.security.alpha.kubernetes.io/defaultProfileName';
const ALLOWED_PROFILES = 'seccomp.security.alpha.kubernetes.io/allowedProfileNames';
