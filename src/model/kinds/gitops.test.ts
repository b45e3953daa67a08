import { describe, expect, it } from 'vitest';
import { deployedPaths, isDeployed } from './gitops.ts';

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

  it('is found wherever the repository was put', () => {
    expect(isDeployed('../repo/apps/web', 'apps/web')).toBe(true);
    expect(isDeployed('apps/web', 'apps/*')).toBe(true);
    expect(isDeployed('other/web', 'apps/web')).toBe(false);
    expect(isDeployed('web', 'apps/web')).toBe(false);
  });
});
