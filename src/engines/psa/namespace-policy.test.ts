import { describe, expect, it } from 'vitest';
import { formatLevelVersion } from './evaluate-pod.ts';
import { MODES, namespacePolicy, type Policy, PRIVILEGED_POLICY } from './namespace-policy.ts';

const warnBaseline: Policy = { ...PRIVILEGED_POLICY, warn: { level: 'baseline', version: 'v1.25' } };
const auditOld: Policy = { ...PRIVILEGED_POLICY, audit: { level: 'privileged', version: 'v1.20' } };

function policyOf(labels: Record<string, string>, defaults = PRIVILEGED_POLICY): string {
  const prefixed = Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]);
  const { policy } = namespacePolicy(Object.fromEntries(prefixed) as Record<string, string>, defaults, 37);
  return MODES.map((mode) => formatLevelVersion(policy[mode])).join(' ');
}

describe('namespacePolicy', () => {
  it.each([
    ['no label', {}, PRIVILEGED_POLICY, 'privileged:latest privileged:latest privileged:latest'],
    ['the configuration’s default', {}, warnBaseline, 'privileged:latest privileged:latest baseline:v1.25'],
    [
      'a version of another default',
      { audit: 'baseline' },
      auditOld,
      'privileged:latest baseline:v1.20 privileged:latest',
    ],
    [
      'an invalid enforce level as restricted',
      { enforce: 'Baseline' },
      PRIVILEGED_POLICY,
      'restricted:latest privileged:latest privileged:latest',
    ],
    [
      'an invalid audit level as privileged',
      { audit: 'x' },
      PRIVILEGED_POLICY,
      'privileged:latest privileged:latest privileged:latest',
    ],
    [
      'an invalid version as the latest',
      { enforce: 'baseline', 'enforce-version': '1.25', warn: 'baseline' },
      PRIVILEGED_POLICY,
      'baseline:latest privileged:latest baseline:latest',
    ],
    [
      'warn as a stricter enforce label',
      { enforce: 'restricted', 'enforce-version': 'v1.24' },
      warnBaseline,
      'restricted:v1.24 privileged:latest restricted:v1.24',
    ],
    [
      'warn at its own version',
      { enforce: 'restricted', 'enforce-version': 'v1.24', 'warn-version': 'v1.30' },
      warnBaseline,
      'restricted:v1.24 privileged:latest restricted:v1.30',
    ],
    [
      'warn as a default that is as strict as enforce',
      { enforce: 'baseline', 'enforce-version': 'v1.24' },
      warnBaseline,
      'baseline:v1.24 privileged:latest baseline:v1.25',
    ],
  ])('takes %s', (_, labels, defaults, expected) => {
    expect(policyOf(labels, defaults)).toBe(expected);
  });

  it.each(['1.25', 'v1.025', 'v1.', 'v1.25.0', 'v2.0', 'Latest', '', 'v1.9223372036854775808', 'v1.25\n'])(
    'takes %j for no version',
    (version) => {
      const { errors } = namespacePolicy(
        { 'pod-security.kubernetes.io/enforce-version': version },
        PRIVILEGED_POLICY,
        37,
      );
      expect(errors.map(({ body }) => body)).toEqual([
        `Invalid value: ${JSON.stringify(version)}: must be "latest" or "v1.x"`,
      ]);
    },
  );

  it('reports errors in the order of the modes, levels before versions', () => {
    const labels = {
      'pod-security.kubernetes.io/warn': 'x',
      'pod-security.kubernetes.io/enforce-version': 'x',
      'pod-security.kubernetes.io/audit': 'x',
      'pod-security.kubernetes.io/enforce': 'x',
    };
    expect(namespacePolicy(labels, PRIVILEGED_POLICY, 37).errors.map(({ label }) => label)).toEqual([
      'pod-security.kubernetes.io/enforce',
      'pod-security.kubernetes.io/enforce-version',
      'pod-security.kubernetes.io/audit',
      'pod-security.kubernetes.io/warn',
    ]);
  });
});
