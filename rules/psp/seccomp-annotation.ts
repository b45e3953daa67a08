import { defineRule } from '../../src/lint/rule.ts';

/** A policy that gives containers no seccomp profile. Mirrors pkg/security/podsecuritypolicy/seccomp, v1.24. */
export const rule = defineRule({
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
    none: 'the policy `{policy}` gives containers no seccomp profile, so that every system call is open to them',
    unconfined: 'the policy `{policy}` gives containers the seccomp profile `unconfined`, which restricts nothing',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.privileged === true) return;
    const profile = policy.annotations[DEFAULT_PROFILE];
    if (profile === undefined) {
      const hint = `set the annotation \`${DEFAULT_PROFILE}: runtime/default\``;
      report(object, 'none', { policy: name }, { ...psp.reach(policy), hint });
    } else if (profile === 'unconfined') {
      const path = ['metadata', 'annotations', DEFAULT_PROFILE];
      report({ object, path }, 'unconfined', { policy: name }, psp.reach(policy));
    }
  },
});

const DEFAULT_PROFILE = 'seccomp.security.alpha.kubernetes.io/defaultProfileName';
