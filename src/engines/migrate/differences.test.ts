import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf, policy } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import type { Provider } from '../psp/compile-policy.ts';
import { compiledPolicies } from '../psp/policy-index.ts';
import { keepingLevel, type LevelDifferences, levelDifferences } from './differences.ts';
import { type MigrationServers, migrationServers } from './judging/judge-both.ts';
import { replay } from './testing/replay.fixture.ts';

/** Of so many conformance cases one is replayed here. */
const EVERY = 1000;
const PAIRS = ['admit', 'refuse'].flatMap((policies) =>
  ['baseline admits', 'baseline refuses', 'restricted admits', 'restricted refuses'].map(
    (level) => `policies ${policies}, ${level}`,
  ),
);

interface Migrated {
  readonly policies: readonly Provider[];
  readonly servers: MigrationServers;
  readonly differences: readonly LevelDifferences[];
}

function migrated(manifests: readonly JsonObject[], kubernetesVersion = '1.24'): Migrated {
  const cluster = loadCluster(manifestsOf('a.yaml', ...manifests), { settings: { kubernetesVersion } });
  const servers = migrationServers(cluster);
  const policies = compiledPolicies(servers.psp).flatMap((each) => ('providerError' in each ? [] : [each]));
  return { policies, servers, differences: levelDifferences(policies, servers) };
}

const ANY = { rule: 'RunAsAny' };
const OPEN: JsonObject = {
  privileged: true,
  hostNetwork: true,
  hostPID: true,
  hostIPC: true,
  hostPorts: [{ min: 1, max: 65535 }],
  volumes: ['*'],
  allowedCapabilities: ['*'],
  allowedUnsafeSysctls: ['*'],
  runAsUser: ANY,
  seLinux: ANY,
  fsGroup: ANY,
  supplementalGroups: ANY,
};
const ANY_SECCOMP = { 'seccomp.security.alpha.kubernetes.io/allowedProfileNames': '*' };
const RESTRICTED: JsonObject = {
  allowPrivilegeEscalation: false,
  requiredDropCapabilities: ['ALL'],
  volumes: ['configMap', 'emptyDir', 'projected', 'secret'],
  runAsUser: { rule: 'MustRunAsNonRoot' },
  seLinux: { rule: 'MustRunAs', seLinuxOptions: { level: 's0' } },
  fsGroup: ANY,
  supplementalGroups: ANY,
};
const RESTRICTED_PROFILES = {
  'seccomp.security.alpha.kubernetes.io/allowedProfileNames': 'runtime/default',
  'seccomp.security.alpha.kubernetes.io/defaultProfileName': 'runtime/default',
  'apparmor.security.beta.kubernetes.io/allowedProfileNames': 'runtime/default',
  'apparmor.security.beta.kubernetes.io/defaultProfileName': 'runtime/default',
};

function psp(name: string, spec: JsonObject, annotations: JsonObject = {}): JsonObject {
  return { ...policy(name), metadata: { name, annotations }, spec };
}

function shown(differences: readonly LevelDifferences[], level: string) {
  const found = differences.find((each) => each.level === level);
  return {
    refuses: found?.refuses.map(({ check, filledIn }) => (filledIn ? `${check} (filled in)` : check)),
    admits: found?.admits.map(({ control }) => control.slice(-1).join('')),
  };
}

/** The sets of policies of every so many of the conformance cases of this repository. */
function corpus(every: number): readonly (readonly JsonObject[])[] {
  const file = join(import.meta.dirname, '../../../fixtures/conformance/psp.jsonl.gz');
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const sampled = lines.filter((_line, index) => index % every === 0);
  const sets = sampled.map((line) => {
    const { case: input } = JSON.parse(line) as { case: { objects: JsonObject[] } };
    return input.objects.filter(({ kind }) => kind === 'PodSecurityPolicy');
  });
  return sets.filter(({ length }) => length > 0);
}

describe('levelDifferences', () => {
  it('replaces a policy that allows everything by privileged, which differs in nothing', () => {
    const { differences } = migrated([psp('open', OPEN, ANY_SECCOMP)]);
    expect(keepingLevel(differences, false)).toBe('privileged');
    expect(shown(differences, 'privileged')).toEqual({ refuses: [], admits: ['allowedProcMountTypes'] });
    expect(shown(differences, 'baseline').refuses).toEqual([
      'appArmorProfile',
      'capabilities_baseline',
      'hostNamespaces',
      'hostPathVolumes',
      'hostPorts',
      'privileged',
      'seLinuxOptions',
      'seccompProfile_baseline',
      'sysctls',
      'windowsHostProcess',
    ]);
  });

  it('tells what a restrictive policy leaves open from what it only fills in', () => {
    const { differences } = migrated([psp('restricted', RESTRICTED, RESTRICTED_PROFILES)]);
    expect(keepingLevel(differences, false)).toBe('baseline');
    expect(shown(differences, 'restricted').refuses).toEqual([
      'allowPrivilegeEscalation (filled in)',
      'capabilities_restricted (filled in)',
      'runAsNonRoot',
      'seccompProfile_restricted (filled in)',
    ]);
    expect(shown(differences, 'restricted').admits).toEqual([
      'apparmor.security.beta.kubernetes.io/allowedProfileNames',
      'seccomp.security.alpha.kubernetes.io/allowedProfileNames',
      'allowedCapabilities',
      // A field that a 1.24 server forgets, but not before the policy has looked at it.
      'allowedProcMountTypes',
      'seLinux',
      'volumes',
    ]);
  });

  it('calls nothing newly admitted that another of the policies admits', () => {
    const two = [
      psp('a', { ...OPEN, hostPID: false }, ANY_SECCOMP),
      psp('b', { ...OPEN, hostIPC: false }, ANY_SECCOMP),
    ];
    const { differences } = migrated(two);
    const [privileged] = differences;
    const pid = privileged?.admits.find(({ control }) => control.includes('hostPID'));
    expect(pid?.example.spec).toMatchObject({ hostPID: true, hostIPC: true });
    const all = migrated([...two, psp('c', OPEN, ANY_SECCOMP)]);
    expect(shown(all.differences, 'privileged').admits).toEqual(['allowedProcMountTypes']);
  });

  it('knows the checks of the version that levels are enforced by', () => {
    const manifest = [psp('restricted', RESTRICTED, RESTRICTED_PROFILES)];
    expect(keepingLevel(migrated(manifest, '1.33').differences, false)).toBe('baseline');
    const { servers, differences } = migrated(manifest, '1.34');
    expect([servers.psp.version.value.minor, servers.version]).toEqual([24, 'v1.34']);
    expect(keepingLevel(differences, false)).toBe('privileged');
    expect(shown(differences, 'baseline').refuses).toEqual(['hostProbesAndHostLifecycle']);
  });

  it.each(['1.18', '1.24', '1.30', '1.37'])(
    'claims exactly the differences that replaying random pods finds (%s)',
    (version) => {
      const total = new Map<string, number>();
      for (const [index, manifests] of corpus(EVERY).entries()) {
        const { policies, servers, differences } = migrated(manifests, version);
        if (policies.length === 0) continue;
        const { complaints, tally } = replay(policies, servers, differences, { pods: 120, seed: index });
        expect(complaints).toEqual([]);
        for (const [verdicts, count] of tally) total.set(verdicts, (total.get(verdicts) ?? 0) + count);
      }
      // Every pair of verdicts was met.
      for (const verdicts of PAIRS) expect(total.get(verdicts) ?? 0, verdicts).toBeGreaterThan(0);
    },
  );

  it('is held to that by a replay that misses no claim taken away', () => {
    const { policies, servers, differences } = migrated([psp('restricted', RESTRICTED, RESTRICTED_PROFILES)]);
    const complain = (claims: readonly LevelDifferences[]) =>
      replay(policies, servers, claims, { pods: 300, seed: 5 }).complaints;
    expect(complain(differences)).toEqual([]);
    expect(complain(differences.map((each) => ({ ...each, refuses: each.refuses.slice(1) })))).not.toEqual([]);
    expect(complain(differences.map((each) => ({ ...each, admits: each.admits.slice(0, -1) })))).not.toEqual([]);
  });
});
