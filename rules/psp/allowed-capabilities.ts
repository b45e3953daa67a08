import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy under which containers may add capabilities, or get some added, beyond NET_BIND_SERVICE. */
export const rule = defineCheckRule({
  id: 'psp/allowed-capabilities',
  summary: 'Policies that many may use let containers add no capability',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.8'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    allowed: 'the policy `{policy}` lets containers add the capability `{capability}`',
    every: 'the policy `{policy}` lets containers add every capability',
    added: 'the policy `{policy}` adds the capability `{capability}` to every container',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.privileged === true) return;
    for (const [index, capability] of (spec.allowedCapabilities ?? []).entries()) {
      const place = { object, path: ['spec', 'allowedCapabilities', index] };
      if (capability === '*') report(place, 'every', { policy: name }, psp.reach(policy));
      else if (capability !== HARMLESS) report(place, 'allowed', { policy: name, capability }, psp.reach(policy));
    }
    for (const [index, capability] of (spec.defaultAddCapabilities ?? []).entries()) {
      if (capability === HARMLESS) continue;
      const place = { object, path: ['spec', 'defaultAddCapabilities', index] };
      report(place, 'added', { policy: name, capability }, psp.reach(policy));
    }
  },
});

/** The one capability that the restricted Pod Security Standard lets a container add. */
const HARMLESS = 'NET_BIND_SERVICE';
