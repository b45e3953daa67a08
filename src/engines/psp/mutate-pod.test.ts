import { describe, expect, it } from 'vitest';
import { defaultPod } from '../../cluster/defaults/default-pod.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { JsonObject } from '../../model/object.ts';
import { mutatePod } from './mutate-pod.ts';
import { compiledPolicies } from './policy-index.ts';

const ANY = { rule: 'RunAsAny' };
const MUST = { rule: 'MustRunAs', ranges: [{ min: 7, max: 9 }] };

/** What a policy makes of the security contexts of a pod and of its first container. */
function contexts(policySpec: JsonObject, podSpec: JsonObject = {}, container: JsonObject = {}) {
  const open = { runAsUser: ANY, seLinux: ANY, fsGroup: ANY, supplementalGroups: ANY, allowPrivilegeEscalation: true };
  const manifest = {
    apiVersion: 'policy/v1beta1',
    kind: 'PodSecurityPolicy',
    metadata: { name: 'p' },
    spec: { ...open, ...policySpec },
  };
  const [policy] = compiledPolicies(
    loadCluster(manifestsOf('a.yaml', manifest), { settings: { kubernetesVersion: '1.24' } }),
  );
  if (policy === undefined || 'providerError' in policy) throw new Error('a policy was expected');
  const containers = [{ name: 'main', image: 'nginx', ...container }];
  const written = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers, ...podSpec } };
  const before = defaultPod(written, { minor: 24 });
  const after = mutatePod(policy, before);
  const spec: PodSpec = after.spec;
  const { securityContext: ofPod = {}, containers: [first] = [] } = spec;
  return { isSame: after === before, ofPod, ofContainer: first?.securityContext };
}

describe('mutatePod', () => {
  it('leaves the very same pod where the policy has nothing to fill in', () => {
    expect(contexts({}).isSame).toBe(true);
    const set = { fsGroup: 8, supplementalGroups: [] };
    expect(contexts({ fsGroup: MUST, supplementalGroups: MUST }, { securityContext: set }).isSame).toBe(true);
  });

  it('fills in the first of the groups that a pod must run as, and keeps what it sets', () => {
    expect(contexts({ fsGroup: MUST, supplementalGroups: MUST }).ofPod).toEqual({
      fsGroup: 7,
      supplementalGroups: [7],
    });
    expect(contexts({ fsGroup: MUST }).ofPod).toEqual({ fsGroup: 7 });
    expect(contexts({ fsGroup: MUST }, { securityContext: { fsGroup: 9 } }).ofPod).toEqual({ fsGroup: 9 });
    expect(contexts({ fsGroup: { ...MUST, rule: 'MayRunAs' } }).isSame).toBe(true);
  });

  it('fills users in only where neither the container nor the pod sets one', () => {
    expect(contexts({ runAsUser: MUST }).ofContainer).toEqual({ runAsUser: 7 });
    expect(contexts({ runAsUser: MUST }, { securityContext: { runAsUser: 0 } }).ofContainer).toBeUndefined();
    expect(contexts({ runAsUser: MUST }, {}, { securityContext: { runAsUser: 3 } }).ofContainer).toEqual({
      runAsUser: 3,
    });
  });

  it('asks for a user that is not root where no user is set', () => {
    const rule = { runAsUser: { rule: 'MustRunAsNonRoot' } };
    expect(contexts(rule).ofContainer).toEqual({ runAsNonRoot: true });
    expect(contexts(rule, { securityContext: { runAsNonRoot: false } }).ofContainer).toBeUndefined();
    expect(contexts(rule, { securityContext: { runAsUser: 5 } }).ofContainer).toBeUndefined();
  });

  it('forbids privilege escalation by the default of the policy, or where the policy forbids it', () => {
    expect(contexts({ allowPrivilegeEscalation: false }).ofContainer).toEqual({ allowPrivilegeEscalation: false });
    expect(contexts({ defaultAllowPrivilegeEscalation: false }).ofContainer).toEqual({
      allowPrivilegeEscalation: false,
    });
    const own = { securityContext: { allowPrivilegeEscalation: true } };
    expect(contexts({ defaultAllowPrivilegeEscalation: false }, {}, own).isSame).toBe(true);
  });

  it('makes root file systems read-only where the container does not say', () => {
    expect(contexts({ readOnlyRootFilesystem: true }).ofContainer).toEqual({ readOnlyRootFilesystem: true });
    const own = { securityContext: { readOnlyRootFilesystem: false } };
    expect(contexts({ readOnlyRootFilesystem: true }, {}, own).isSame).toBe(true);
  });
});
