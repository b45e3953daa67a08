import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namespacesOf, serviceAccountsOf } from '../stored/existing.ts';
import { loadCluster } from './load-cluster.ts';
import { apiServer, manifestsOf, policy, workload } from './manifest.fixture.ts';
import { atVersion } from '../index/at-version.ts';
import { findObject, namespaceOf, objectsOfKind, supersededBy } from '../index/object-index.ts';
import { podsOf } from '../pods/pods-of.ts';
import type { JsonObject } from '../../model/object.ts';

/** The last version that serves Deployments in `extensions`. */
const OLD = { settings: { kubernetesVersion: '1.15' } };

/** A kube-apiserver of another version than the fixture's. */
function imageOf(version: string): JsonObject {
  return JSON.parse(JSON.stringify(apiServer()).replace('v1.19.3', version)) as JsonObject;
}

describe('loadCluster', () => {
  it('finds an object by any of its groups, in the namespace it lands in', () => {
    const [old] = manifestsOf('a.yaml', workload('Deployment', 'web', { apiVersion: 'extensions/v1beta1' }));
    const cluster = loadCluster(old === undefined ? [] : [old], OLD);
    expect(findObject(cluster, 'apps', 'Deployment', 'default', 'web')).toBe(old);
    expect(objectsOfKind(cluster, 'apps', 'Deployment')).toEqual([old]);
  });

  it('takes two API versions of one object for the same object', () => {
    const objects = manifestsOf(
      'a.yaml',
      workload('Deployment', 'web', { apiVersion: 'extensions/v1beta1' }),
      workload('Deployment', 'web'),
    );
    const cluster = loadCluster(objects, OLD);
    expect(cluster.objects).toEqual([objects[1]]);
    expect(cluster.superseded).toEqual([objects[0]]);
    expect(cluster.problems.map((problem) => problem.message)).toEqual([
      'Deployment `web` is defined again in this file, line 2 as apps/v1, which replaces this one',
    ]);
  });

  it('counts the last copy in the order of a directory walk', () => {
    const copies = ['a.yaml', 'a/z.yaml', 'b.yaml'].flatMap((path, index) =>
      manifestsOf(path, workload('Pod', 'web', { image: `nginx:${index}` })),
    );
    const cluster = loadCluster(copies);
    expect(cluster.objects.map((object) => object.document.file.path)).toEqual(['b.yaml']);
    expect(cluster.superseded.map((object) => object.document.file.path)).toEqual(['a/z.yaml', 'a.yaml']);
    for (const copy of cluster.superseded) expect(supersededBy(cluster, copy)).toBe(cluster.objects[0]);
  });

  it('says once for a pair of files that they hold the same objects differently, and not loudly', () => {
    const copies = ['a.yaml', 'b.yaml'].flatMap((path) =>
      manifestsOf(path, ...['x', 'y', 'z'].map((name) => workload('Pod', name, { image: path }))),
    );
    expect(loadCluster(copies).problems).toMatchObject([
      {
        atMost: 'info',
        message:
          'Pod `x` is defined differently in b.yaml, line 1 (and 2 more objects of this file); if both files are applied, that one replaces this one',
      },
    ]);
  });

  it('says nothing of equal copies in different files', () => {
    const copies = ['a.yaml', 'b.yaml'].flatMap((path) => manifestsOf(path, workload('Pod', 'web')));
    expect(loadCluster(copies).problems).toEqual([]);
  });

  it('prefers a linted manifest to a context one and never reports on context', () => {
    const linted = manifestsOf('b.yaml', workload('Pod', 'web'));
    const context = manifestsOf('z.yaml', workload('Pod', 'web', { image: 'other' }), workload('Pod', 'restricted'));
    const cluster = loadCluster(linted, { context });
    expect(cluster.objects).toEqual([linted[0], context[1]]);
    expect(cluster.problems).toEqual([]);
  });

  describe('what the API server refuses', () => {
    const role = (verbs: string[], rest: JsonObject = {}): JsonObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'reader' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs }],
      ...rest,
    });
    const whyOf = (...values: JsonObject[]) => {
      const cluster = loadCluster(manifestsOf('a.yaml', ...values), { settings: { kubernetesVersion: '1.24' } });
      return { exist: cluster.objects.length, why: [...cluster.refused.values()].map(({ why }) => why) };
    };

    it('does not exist: what is not served, cannot be decoded, or is invalid', () => {
      expect(whyOf(role(['get'], { apiVersion: 'rbac.authorization.k8s.io/v1beta1' }))).toEqual({
        exist: 0,
        why: ['unserved'],
      });
      expect(whyOf(role(['get'], { metadata: { name: 'reader', labels: { v: 1 } } }))).toEqual({
        exist: 0,
        why: ['undecodable'],
      });
      expect(whyOf(role([]))).toEqual({ exist: 0, why: ['invalid'] });
      expect(whyOf(role(['get'], { metadata: {} }))).toEqual({ exist: 0, why: ['invalid'] });
    });

    it('does not displace what is there already', () => {
      const objects = manifestsOf('a.yaml', role(['get']), role([]));
      const cluster = loadCluster(objects);
      expect(cluster.objects).toEqual([objects[0]]);
      expect(cluster.problems).toEqual([]);
    });

    it('includes changes of what cannot be changed, and no other changes', () => {
      const secret = (type: string, data: string): JsonObject => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'token' },
        type,
        stringData: { data },
      });
      expect(whyOf(secret('a', 'x'), secret('a', 'y'))).toEqual({ exist: 1, why: [] });
      const objects = manifestsOf('a.yaml', secret('a', 'x'), secret('b', 'y'));
      const cluster = loadCluster(objects);
      expect(cluster.objects).toEqual([objects[0]]);
      expect([...cluster.refused.values()]).toMatchObject([{ why: 'unchangeable', before: objects[0] }]);
    });

    it('is asked again of another version', () => {
      const objects = manifestsOf('a.yaml', role(['get'], { apiVersion: 'rbac.authorization.k8s.io/v1beta1' }));
      const old = atVersion(loadCluster(objects), 20, 'asked for');
      expect(old.objects).toEqual(objects);
    });
  });

  it('knows kinds without a namespace, built in, Calico and declared by the tree', () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'fleets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Cluster',
        names: { plural: 'fleets', singular: 'fleet', kind: 'Fleet', listKind: 'FleetList' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
    };
    const objects = manifestsOf(
      'a.yaml',
      crd,
      { apiVersion: 'example.com/v1', kind: 'Fleet', metadata: { name: 'a', namespace: 'x' } },
      { apiVersion: 'crd.projectcalico.org/v1', kind: 'GlobalNetworkPolicy', metadata: { name: 'a' } },
      { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' } },
      policy('a', 'extensions/v1beta1'),
    );
    const cluster = loadCluster(objects);
    expect(objects.map((object) => namespaceOf(cluster, object))).toEqual(['', '', '', 'default', '']);
  });

  it('knows what exists without a manifest', () => {
    const objects = manifestsOf('a.yaml', workload('Deployment', 'web', { namespace: 'shop' }), {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'declared', labels: { team: 'a' } },
    });
    const cluster = loadCluster(objects, { settings: { kubernetesVersion: '1.24' } });
    const namespaces = [...namespacesOf(cluster).values()].map(({ name, assumed }) => [name, assumed]);
    expect(namespaces).toEqual([
      ['declared', false],
      ['default', false],
      ['kube-node-lease', false],
      ['kube-public', false],
      ['kube-system', false],
      ['shop', true],
    ]);
    expect(namespacesOf(cluster).get('declared')?.labels).toEqual({
      team: 'a',
      'kubernetes.io/metadata.name': 'declared',
    });
    expect(serviceAccountsOf(cluster).map(({ namespace, name }) => `${namespace}/${name}`)).toContain('shop/default');
  });

  it.each([
    ['1.20', [apiServer()], 20, 'set in the configuration'],
    [undefined, [apiServer(), policy('a')], 19, 'the image of kube-apiserver in a.yaml'],
    [
      undefined,
      [imageOf('v1.10.3')],
      11,
      'the nearest that k8sec knows to 1.10, the image of kube-apiserver in a.yaml',
    ],
    [undefined, [policy('a')], 24, 'the tree holds PodSecurityPolicies, and no later version has them'],
    [undefined, [{ ...policy('a'), apiVersion: 'policy/v1' }], 37, 'the latest that k8sec knows'],
    [undefined, [workload('Pod', 'web')], 37, 'the latest that k8sec knows'],
    ['nonsense', [workload('Pod', 'web')], 37, 'the latest that k8sec knows'],
  ])('settles the target version: configured %s', (kubernetesVersion, values, minor, origin) => {
    const settings = kubernetesVersion === undefined ? {} : { kubernetesVersion };
    expect(loadCluster(manifestsOf('a.yaml', ...values), { settings }).version).toMatchObject({
      value: { minor },
      origin,
    });
  });

  it('gives the same cluster whatever the order of its files', () => {
    const names = fc.constantFrom('a', 'b', 'c');
    const value = fc.record({ kind: fc.constantFrom('Pod', 'Deployment', 'CronJob'), name: names, image: names });
    const tree = fc.array(
      fc.tuple(fc.constantFrom('a.yaml', 'b.yaml', 'a/a.yaml', 'a-b/x.yaml', 'a/b/c.yaml'), value),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(tree, fc.infiniteStream(fc.nat()), (entries, random) => {
        const paths = [...new Set(entries.map(([path]) => path))];
        const files = paths.map((path) =>
          manifestsOf(
            path,
            ...entries.flatMap(([own, { kind, name, image }]) =>
              own === path ? [workload(kind, name, { image })] : [],
            ),
          ),
        );
        const shuffled = files
          .map((file) => ({ file, rank: Number(random.next().value) }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ file }) => file);
        const show = (objects: readonly (typeof files)[number][]) => {
          const cluster = loadCluster(objects.flat());
          return {
            objects: cluster.objects,
            superseded: cluster.superseded,
            problems: cluster.problems,
            pods: podsOf(cluster).map(({ pod, name }) => ({ pod, name })),
          };
        };
        expect(show(shuffled)).toEqual(show(files));
      }),
      { numRuns: 100 },
    );
  });

  it('takes time in proportion to the tree', () => {
    const time = (workloads: number): number => {
      const objects = Array.from({ length: workloads }, (_, index) =>
        manifestsOf(`apps/${index}.yaml`, workload('Deployment', `web-${index}`), {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: `web-${index}` },
        }),
      ).flat();
      const start = performance.now();
      const cluster = loadCluster(objects);
      podsOf(cluster);
      namespacesOf(cluster);
      serviceAccountsOf(cluster);
      return performance.now() - start;
    };
    time(2000);
    const small = time(2500);
    const large = time(10_000);
    expect(large).toBeLessThan(Math.max(small * 12, 400));
  });
});
