import { describe, expect, it } from 'vitest';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import { manifestsOf, policy, workload } from './manifest.fixture.ts';
import {
  type ClusterPart,
  describeGuess,
  type PathMatcher,
  type SplitOptions,
  splitClusters,
} from './split-clusters.ts';

const matcher: PathMatcher = (patterns) => (path) => patterns.some((pattern) => path.startsWith(pattern));

function split(objects: readonly ManifestObject[], options: SplitOptions = {}): ClusterPart[] {
  return splitClusters(objects, [...new Set(objects.map((object) => object.document.file.path))], {
    matcher,
    ...options,
  });
}

function show(parts: readonly ClusterPart[]): Record<string, { files: string[]; context: string[] }> {
  const paths = (objects: readonly ManifestObject[]) => objects.map((object) => object.document.file.path);
  return Object.fromEntries(parts.map((part) => [part.name, { files: [...part.files], context: paths(part.context) }]));
}

const web = (path: string, image: string): ManifestObject[] =>
  manifestsOf(path, workload('Deployment', 'web', { image }));

const application = (name: string, path: string, destination: JsonObject): ManifestObject[] =>
  manifestsOf(`argocd/${name}.yaml`, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name },
    spec: { source: { path }, destination },
  });

describe('splitClusters', () => {
  it('leaves a tree without contradictions whole', () => {
    const objects = [
      ...web('a/web.yaml', 'nginx'),
      ...manifestsOf('b/psp.yaml', policy('a')),
      ...manifestsOf('policies/psp.yaml', policy('a')),
    ];
    const parts = split(objects);
    expect(parts).toHaveLength(1);
    expect(parts[0]).toMatchObject({ name: '', objects, context: [] });
    expect(parts[0]?.guess).toBeUndefined();
  });

  it('takes the same workload in two directories for two clusters', () => {
    const parts = split([...web('a/web.yaml', 'nginx'), ...web('b/web.yaml', 'nginx')]);
    expect(parts.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('makes each sub-directory a cluster where they contradict each other, with what lies around them as context', () => {
    const objects = [
      ...web('apps/a/web.yaml', '1'),
      ...web('apps/b/web.yaml', '2'),
      ...manifestsOf('apps/ns.yaml', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }),
      ...manifestsOf('policies/psp.yaml', policy('a'), workload('Deployment', 'other')),
    ];
    const parts = split(objects);
    expect(show(parts)).toEqual({
      '': { files: ['policies/psp.yaml'], context: [] },
      apps: { files: ['apps/ns.yaml'], context: ['policies/psp.yaml'] },
      'apps/a': { files: ['apps/a/web.yaml'], context: ['apps/ns.yaml', 'policies/psp.yaml'] },
      'apps/b': { files: ['apps/b/web.yaml'], context: ['apps/ns.yaml', 'policies/psp.yaml'] },
    });
    expect(parts.find((part) => part.name === 'apps/a')?.guess).toMatchObject({ directory: 'apps' });
  });

  it('takes out the few that contradict each other where most do not', () => {
    const objects = [
      ...Array.from({ length: 8 }, (_, index) =>
        manifestsOf(`apps/${String(index)}/web.yaml`, workload('Deployment', `web-${String(index)}`)),
      ).flat(),
      ...web('apps/x/web.yaml', '1'),
      ...web('apps/y/web.yaml', '2'),
    ];
    const parts = split(objects);
    expect(parts.map(({ name, files }) => [name, files.size])).toEqual([
      ['apps', 8],
      ['apps/x', 1],
      ['apps/y', 1],
    ]);
    const [guess] = parts.flatMap((part) => (part.name === 'apps/x' ? (part.guess ?? []) : []));
    expect(guess && describeGuess(guess)).toBe(
      '`apps/x/web.yaml` and `apps/y/web.yaml` hold different versions of Deployment `web`, so each of these is a cluster of its own: `apps/x`, `apps/y`',
    );
  });

  it('leaves to clusters beside them what lies in directories that nothing deploys and that contradict each other', () => {
    const objects = [
      ...application('web', 'apps/web', { name: 'in-cluster' }),
      ...application('db', 'apps/db', { name: 'data' }),
      ...web('apps/web/web.yaml', '1'),
      ...manifestsOf('apps/db/db.yaml', workload('Deployment', 'db')),
      ...manifestsOf('samples/a/psp.yaml', policy('a'), workload('Deployment', 'one', { image: '1' })),
      ...manifestsOf('samples/b/psp.yaml', policy('a'), workload('Deployment', 'one', { image: '2' })),
      ...manifestsOf('apps/ns.yaml', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }),
    ];
    const shown = show(split(objects));
    expect(shown['in-cluster']?.context).toEqual(['apps/ns.yaml']);
    expect(shown.data?.context).toEqual(['apps/ns.yaml']);
  });

  it('keeps apart what Argo CD deploys to different clusters, with what nothing deploys as context', () => {
    const objects = [
      ...application('web', 'apps/web', { server: 'https://kubernetes.default.svc' }),
      ...application('db', './apps/db', { name: 'data' }),
      ...application('both', 'apps/agent', { name: 'data' }),
      ...application('agent', 'apps/agent', { name: 'in-cluster' }),
      ...web('repo/apps/web/web.yaml', '1'),
      ...manifestsOf('repo/apps/db/below/db.yaml', workload('Deployment', 'db')),
      ...manifestsOf('repo/apps/agent/agent.yaml', workload('DaemonSet', 'agent')),
      ...manifestsOf('namespaces/ns.yaml', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }),
    ];
    const parts = split(objects);
    expect(show(parts)).toEqual({
      'in-cluster': {
        files: ['repo/apps/web/web.yaml', 'repo/apps/agent/agent.yaml'],
        context: ['namespaces/ns.yaml'],
      },
      data: { files: ['repo/apps/db/below/db.yaml', 'repo/apps/agent/agent.yaml'], context: ['namespaces/ns.yaml'] },
      '': {
        files: [...['web', 'db', 'both', 'agent'].map((name) => `argocd/${name}.yaml`), 'namespaces/ns.yaml'],
        context: [],
      },
    });
    const [guess] = parts.flatMap((part) => (part.name === 'data' ? (part.guess ?? []) : []));
    expect(guess && describeGuess(guess)).toBe(
      'Application `both` deploys to `data`, and Application `agent` to another cluster',
    );
  });

  it('keeps apart what Flux deploys through a kubeConfig', () => {
    const kustomization = (name: string, spec: JsonObject): JsonObject => ({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name },
      spec,
    });
    const objects = [
      ...manifestsOf('flux/hub.yaml', kustomization('hub', { path: './hub' })),
      ...manifestsOf(
        'flux/spoke.yaml',
        kustomization('spoke', { path: './spoke', kubeConfig: { secretRef: { name: 'spoke-1' } } }),
      ),
      ...web('hub/web.yaml', '1'),
      ...web('spoke/web.yaml', '1'),
    ];
    expect(split(objects).map(({ name }) => name)).toEqual(['spoke-1', 'in-cluster', '']);
    // What is deployed to one cluster is divided by directories alone.
    expect(split(objects.filter(({ name }) => name !== 'spoke')).map(({ name }) => name)).toEqual([
      'flux',
      'hub',
      'spoke',
    ]);
  });

  it('takes directories with different versions of a deployer for homes of clusters, and follows what is deployed', () => {
    const kustomization = (path: string, name: string, deployed: string): ManifestObject[] =>
      manifestsOf(path, {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name, namespace: 'flux-system' },
        spec: { path: deployed },
      });
    const objects = [
      ...kustomization('clusters/production/apps.yaml', 'apps', './apps/production'),
      ...kustomization('clusters/production/infra.yaml', 'infra', './infrastructure'),
      ...kustomization('clusters/staging/apps.yaml', 'apps', './apps/staging'),
      ...kustomization('clusters/staging/infra.yaml', 'infra', './infrastructure'),
      ...kustomization('apps/staging/more.yaml', 'more', './extras'),
      ...web('apps/production/web.yaml', '1'),
      ...manifestsOf('infrastructure/psp.yaml', policy('a')),
      ...manifestsOf('extras/extra.yaml', workload('Deployment', 'extra')),
    ];
    expect(Object.fromEntries(split(objects).map(({ name, files }) => [name, [...files]]))).toEqual({
      'clusters/production': [
        'clusters/production/apps.yaml',
        'clusters/production/infra.yaml',
        'apps/production/web.yaml',
        'infrastructure/psp.yaml',
      ],
      'clusters/staging': [
        'clusters/staging/apps.yaml',
        'clusters/staging/infra.yaml',
        'apps/staging/more.yaml',
        'infrastructure/psp.yaml',
        'extras/extra.yaml',
      ],
    });
  });

  it('keeps repositories of a collection apart, policies included', () => {
    const objects = [
      ...web('one/deploy/web.yaml', '1'),
      ...manifestsOf('one/psp.yaml', policy('a')),
      ...web('two/web.yaml', '2'),
      ...manifestsOf('three/x.yaml', workload('Pod', 'x')),
    ];
    expect(show(split(objects))).toEqual({
      one: { files: ['one/deploy/web.yaml', 'one/psp.yaml'], context: [] },
      three: { files: ['three/x.yaml'], context: [] },
      two: { files: ['two/web.yaml'], context: [] },
    });
  });

  it('sets a directory apart from the files beside it', () => {
    const objects = [...web('web.yaml', '1'), ...web('ha/web.yaml', '2')];
    expect(Object.keys(show(split(objects)))).toEqual(['', 'ha']);
  });

  it('does not split one directory, nor for namespaces and accounts', () => {
    const account = (path: string, label: string) =>
      manifestsOf(path, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a', labels: { label } } });
    expect(split([...web('a/1.yaml', '1'), ...web('a/2.yaml', '2')])).toHaveLength(1);
    expect(split([...account('a/1.yaml', '1'), ...account('b/1.yaml', '2')])).toHaveLength(1);
  });

  it('follows the configuration and never mixes', () => {
    const objects = [
      ...web('prod/web.yaml', '1'),
      ...web('staging/web.yaml', '2'),
      ...manifestsOf('shared/psp.yaml', policy('a')),
      ...manifestsOf('loose.yaml', workload('Pod', 'x')),
    ];
    const clusters = {
      prod: { files: ['prod'], context: ['shared'], settings: { kubernetesVersion: '1.20' } },
      staging: { files: ['staging'] },
    };
    const parts = split(objects, { clusters, settings: { kubernetesVersion: '1.22', bootstrapRBAC: false } });
    expect(show(parts)).toEqual({
      prod: { files: ['prod/web.yaml'], context: ['shared/psp.yaml'] },
      staging: { files: ['staging/web.yaml'], context: [] },
      '': { files: ['loose.yaml'], context: [] },
    });
    expect(parts[0]?.settings).toEqual({ kubernetesVersion: '1.20', bootstrapRBAC: false });
  });

  it('reads context files of the whole tree everywhere and lints them nowhere', () => {
    const objects = [
      ...web('a/web.yaml', '1'),
      ...web('b/web.yaml', '2'),
      ...manifestsOf('live/psp.yaml', policy('a')),
    ];
    expect(show(split(objects, { context: ['live'] }))).toEqual({
      a: { files: ['a/web.yaml'], context: ['live/psp.yaml'] },
      b: { files: ['b/web.yaml'], context: ['live/psp.yaml'] },
    });
  });
});

it('splits in the same way whatever the order of files', () => {
  const objects = [
    ...web('a/web.yaml', '1'),
    ...web('b/web.yaml', '2'),
    ...web('c/web.yaml', '3'),
    ...web('web.yaml', '3'),
  ];
  const seen = (parts: readonly ClusterPart[]) => parts.map(({ name, objects: own, guess }) => ({ name, own, guess }));
  expect(seen(split(objects.toReversed()))).toEqual(seen(split(objects)));
});
