import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy under which containers may add capabilities, or get some added, beyond NET_BIND_SERVICE. */
export const rule = definePolicyRule({
  id: 'psp/allowed-capabilities',
  summary: 'Widely granted PodSecurityPolicies allow no additional capabilities',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.8'],
  messages: {
    allowed: 'allows containers to add the capability {value}',
    every: 'allows containers to add every capability',
    added: 'adds the capability {value} to every container',
  },
  *faults({ object, spec }) {
    if (spec.privileged === true) return;
    for (const [index, value] of (spec.allowedCapabilities ?? []).entries()) {
      const at = { object, path: ['spec', 'allowedCapabilities', index] };
      if (value === '*') yield { is: 'every', at, hint: 'replace `*` with the capabilities that the pods need' };
      else if (value !== HARMLESS) yield { is: 'allowed', at, value, hint: 'remove it from `allowedCapabilities`' };
    }
    for (const [index, value] of (spec.defaultAddCapabilities ?? []).entries()) {
      if (value === HARMLESS) continue;
      const at = { object, path: ['spec', 'defaultAddCapabilities', index] };
      yield { is: 'added', at, value, hint: 'remove it from `defaultAddCapabilities`' };
    }
  },
});

/** The one capability that containers may add under the restricted Pod Security Standard. */
const HARMLESS = 'NET_BIND_SERVICE';
