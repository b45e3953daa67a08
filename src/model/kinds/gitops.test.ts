import { describe, expect, it } from 'vitest';
import { deployedPaths, deploymentsOf, isDeployed } from './gitops.ts';

describe('what Argo CD and Flux deploy', () => {
  it('is named by directory', () => {
    const of = (group: string, kind: string, spec: Parameters<typeof deployedPaths>[2]) =>
      deployedPaths(group, kind, { spec });
    expect(of('argoproj.io', 'Application', { source: { path: './apps/web/' } })).toEqual(['apps/web']);
    expect(of('argoproj.io', 'Application', { sources: [{ path: 'a' }, { chart: 'redis' }] })).toEqual(['a']);
    expect(
      of('argoproj.io', 'ApplicationSet', {
        generators: [{ git: { directories: [{ path: 'addons/*' }] } }],
        template: { spec: { source: { path: '{{path}}' } } },
      }),
    ).toEqual(['addons/*']);
    expect(of('kustomize.toolkit.fluxcd.io', 'Kustomization', { path: './clusters/prod' })).toEqual(['clusters/prod']);
    expect(of('helm.toolkit.fluxcd.io', 'HelmRelease', { chart: { spec: { chart: './charts/web' } } })).toEqual([
      'charts/web',
    ]);
    expect(of('helm.toolkit.fluxcd.io', 'HelmRelease', { chart: { spec: { chart: 'redis' } } })).toEqual([]);
    expect(of('', 'Pod', {})).toEqual([]);
  });

  it('goes to a cluster, as far as that is written', () => {
    const of = (kind: string, spec: Parameters<typeof deploymentsOf>[2]) =>
      deploymentsOf('argoproj.io', kind, { spec });
    const source = { path: 'apps/web' };
    expect(of('Application', { source, destination: { server: 'https://kubernetes.default.svc' } })).toEqual([
      { path: 'apps/web', destination: 'in-cluster' },
    ]);
    expect(of('Application', { source, destination: { name: '{{ .cluster }}' } })).toEqual([]);
    const template = { spec: { source: { path: 'apps/{{cluster}}' }, destination: { server: '{{ .url }}' } } };
    const elements = [
      { cluster: 'dev', url: 'https://dev' },
      { cluster: 'prod', url: 'https://prod' },
    ];
    expect(of('ApplicationSet', { generators: [{ list: { elements } }], template })).toEqual([
      { path: 'apps/dev', destination: 'https://dev' },
      { path: 'apps/prod', destination: 'https://prod' },
    ]);
    expect(of('ApplicationSet', { generators: [{ clusters: {} }], template })).toEqual([]);
  });

  it('is found wherever the repository was put', () => {
    expect(isDeployed('../repo/apps/web', 'apps/web')).toBe(true);
    expect(isDeployed('apps/web', 'apps/*')).toBe(true);
    expect(isDeployed('other/web', 'apps/web')).toBe(false);
    expect(isDeployed('web', 'apps/web')).toBe(false);
  });
});
