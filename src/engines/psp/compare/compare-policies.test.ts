import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { samePod, type ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { anyPodManifest, anyPolicyManifest, anyPolicyPair, compiled, serverPod } from '../arbitrary.fixture.ts';
import { comparePolicies } from './compare-policies.ts';
import type { Provider, UnusablePolicy } from '../compile-policy.ts';
import { mutatePod } from '../mutate-pod.ts';
import { validatePod } from '../validate-pod.ts';

const ANY = { rule: 'RunAsAny' };
const OPEN = {
  privileged: true,
  hostNetwork: true,
  hostPID: true,
  hostIPC: true,
  hostPorts: [{ min: 0, max: 65535 }],
  volumes: ['*'],
  allowedCapabilities: ['*'],
  allowedUnsafeSysctls: ['*'],
  runAsUser: ANY,
  fsGroup: ANY,
  supplementalGroups: ANY,
  seLinux: ANY,
};

function policy(spec: object, annotations: Record<string, string> = {}): Provider | UnusablePolicy {
  const result = compiled({ metadata: { name: 'p', annotations }, spec: { ...OPEN, ...spec } });
  if (result === undefined) throw new Error('the API refuses the policy');
  return result;
}

function admits(provider: Provider | UnusablePolicy, pod: ServerPod): boolean {
  return !('providerError' in provider) && validatePod(provider, mutatePod(provider, pod)).length === 0;
}

describe('comparePolicies', () => {
  test.each([
    ['an open policy and itself', {}, {}, 'equal'],
    ['privileged containers', {}, { privileged: false }, 'laxer'],
    [
      'a path and a path below it',
      { allowedHostPaths: [{ pathPrefix: '/a' }] },
      { allowedHostPaths: [{ pathPrefix: '/a/b' }] },
      'laxer',
    ],
    [
      'a path and its neighbour',
      { allowedHostPaths: [{ pathPrefix: '/a' }] },
      { allowedHostPaths: [{ pathPrefix: '/ab' }] },
      'incomparable',
    ],
    [
      'a path for reading and one for writing',
      { allowedHostPaths: [{ pathPrefix: '/a', readOnly: true }] },
      { allowedHostPaths: [{ pathPrefix: '/a' }] },
      'stricter',
    ],
    [
      'host paths where none may be mounted',
      { volumes: ['secret'], allowedHostPaths: [{ pathPrefix: '/a' }] },
      { volumes: ['secret'] },
      'equal',
    ],
    [
      'ranges that together hold another',
      {
        fsGroup: {
          rule: 'MustRunAs',
          ranges: [
            { min: 1, max: 10 },
            { min: 11, max: 20 },
          ],
        },
      },
      { fsGroup: { rule: 'MayRunAs', ranges: [{ min: 5, max: 15 }] } },
      'laxer',
    ],
    ['sysctls by prefix', { allowedUnsafeSysctls: ['kernel.*'] }, { allowedUnsafeSysctls: ['kernel.msg*'] }, 'laxer'],
    [
      'MustRunAsNonRoot and a range without 0',
      { runAsUser: { rule: 'MustRunAsNonRoot' } },
      { runAsUser: { rule: 'MustRunAs', ranges: [{ min: 1, max: 9 }] } },
      'incomparable',
    ],
    [
      'what must be dropped',
      { allowedCapabilities: [] },
      { allowedCapabilities: [], requiredDropCapabilities: ['ALL'] },
      'equal',
    ],
  ])('of %s the relation is told', (_, first, second, relation) => {
    expect(comparePolicies(policy(first), policy(second))).toBe(relation);
  });

  test('a policy that cannot be used admits nothing', () => {
    const unusable = policy({ runAsUser: { rule: 'MustRunAs' } });
    expect(comparePolicies(unusable, policy({ privileged: false }))).toBe('stricter');
  });

  test('a laxer policy admits every pod that the other admits', () => {
    const property = fc.property(
      anyPolicyPair,
      fc.array(anyPodManifest, { minLength: 5, maxLength: 5 }),
      (pair, pods) => {
        const [first, second] = pair.map((manifest) => compiled(manifest));
        if (first === undefined || second === undefined) return;
        const relation = comparePolicies(first, second);
        for (const manifest of pods) {
          const pod = serverPod(manifest);
          const [byFirst, bySecond] = [admits(first, pod), admits(second, pod)];
          if (relation === 'laxer' || relation === 'equal') expect(byFirst || !bySecond).toBe(true);
          if (relation === 'stricter' || relation === 'equal') expect(bySecond || !byFirst).toBe(true);
        }
      },
    );
    fc.assert(property, { numRuns: 1500 });
  });

  test('the relation turns round with the policies, and a policy equals itself', () => {
    const turned = { laxer: 'stricter', stricter: 'laxer', equal: 'equal', incomparable: 'incomparable' };
    const property = fc.property(anyPolicyPair, (pair) => {
      const [first, second] = pair.map((manifest) => compiled(manifest));
      if (first === undefined || second === undefined) return;
      expect(comparePolicies(second, first)).toBe(turned[comparePolicies(first, second)]);
      expect(comparePolicies(first, first)).toBe('equal');
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe('mutatePod', () => {
  test('changes nothing that it has changed already', () => {
    const property = fc.property(anyPolicyManifest, anyPodManifest, (manifest, podManifest) => {
      const provider = compiled(manifest);
      if (provider === undefined || 'providerError' in provider) return;
      const once = mutatePod(provider, serverPod(podManifest));
      expect(samePod(mutatePod(provider, once), once)).toBe(true);
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('hands back the very same pod exactly when the server would see no change', () => {
    const property = fc.property(anyPolicyManifest, anyPodManifest, (manifest, podManifest) => {
      const provider = compiled(manifest);
      if (provider === undefined || 'providerError' in provider) return;
      const pod = serverPod(podManifest);
      const mutated = mutatePod(provider, pod);
      expect(samePod(mutated, pod)).toBe(mutated === pod);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
