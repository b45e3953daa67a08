import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { podsOf } from './cluster/pods/pods-of.ts';
import type { Cluster } from './cluster/index/cluster.ts';
import { runAdmission } from './engines/admission/chain.ts';
import { podAdmission, refusalBy } from './engines/admission/pod-admission.ts';
import { admit, admitExplain, lint, load, psa, pspMatrix } from './index.ts';

vi.mock('./engines/admission/chain.ts', { spy: true });

const scenarios = fileURLToPath(new URL('../fixtures/scenarios/', import.meta.url));

/** The runs of pods since the last look, by the cluster that they were taken through. */
function runsOfPods(): ReadonlyMap<Cluster, number> {
  const runs = new Map<Cluster, number>();
  for (const [cluster, { resource }] of vi.mocked(runAdmission).mock.calls) {
    if (resource === 'pods') runs.set(cluster, (runs.get(cluster) ?? 0) + 1);
  }
  vi.mocked(runAdmission).mockClear();
  return runs;
}

/** One for each pod. Of a pod that ServiceAccount refuses it is asked too what policies make of it once its account exists: another pod. */
function runsAllowed(cluster: Cluster): number {
  const withoutAccount = podsOf(cluster).filter(
    (pod) => refusalBy(podAdmission(cluster, pod), 'ServiceAccount') !== undefined,
  );
  return podsOf(cluster).length + withoutAccount.length;
}

beforeEach(() => {
  vi.mocked(runAdmission).mockClear();
});

describe('a pod goes through the admission of its cluster once', () => {
  it.each(['scaleway/cluster', 'namespaces', 'psp-tutorial', 'starlingx-workloads'])(
    'in a lint of %s',
    async (path) => {
      await lint([`${scenarios}${path}`]);
      const runs = [...runsOfPods()];
      expect(runs).not.toEqual([]);
      for (const [cluster, count] of runs) expect(count).toBeLessThanOrEqual(runsAllowed(cluster));
    },
  );

  it('whatever is asked of it', async () => {
    const { clusters } = await load([`${scenarios}scaleway/cluster`]);
    for (const { cluster } of clusters) {
      admit([{ cluster }]);
      pspMatrix([{ cluster }]);
      psa([{ cluster }]);
      admitExplain([{ cluster }]);
      expect(podsOf(cluster)).toHaveLength(5);
      expect(runsOfPods()).toEqual(new Map([[cluster, runsAllowed(cluster)]]));
    }
  });

  it('and not at all where nothing is asked of admission', async () => {
    await lint([`${scenarios}psp-tutorial/apps/apache.yaml`]);
    expect(runsOfPods()).toEqual(new Map());
  });
});
