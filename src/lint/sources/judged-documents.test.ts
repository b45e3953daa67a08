import { describe, expect, it } from 'vitest';
import { load } from '../../ask/load.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';

function reasons(files: Readonly<Record<string, string>>): Record<string, string> {
  const tree = load({ files: Object.entries(files).map(([path, text]) => ({ path, text })) });
  return Object.fromEntries(tree.notJudged.map(({ document, reason }) => [document.file.path, reason]));
}

describe('what is no manifest', () => {
  it('is told apart by what it is', () => {
    expect(
      reasons({
        'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
        'chart/values.yaml': 'replicas: 3\n',
        'chart/templates/web.yaml': 'metadata:\n  name: {{ .Release.Name }}\n',
        'broken.yaml': 'a: [\n',
        'ci.yml': 'on: push\njobs: {}\n',
        'empty.yaml': '# nothing\n',
        'web.yaml': deployment,
      }),
    ).toEqual({
      'chart/Chart.yaml': 'helm chart',
      'chart/values.yaml': 'helm values',
      'chart/templates/web.yaml': 'template',
      'broken.yaml': 'broken',
      'ci.yml': 'other',
    });
  });

  it('includes kustomizations and the patches they name, whose objects do not count', () => {
    const files = {
      'base/kustomization.yaml': 'resources:\n- web.yaml\n',
      'base/web.yaml': deployment,
      'prod/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: prod\nresources: [../base]\npatches:\n- path: ./replicas.yaml\n',
      'prod/replicas.yaml': `${deployment}spec:\n  replicas: 5\n`,
    };
    expect(reasons(files)).toEqual({
      'base/kustomization.yaml': 'kustomization',
      'prod/kustomization.yaml': 'kustomization',
      'prod/replicas.yaml': 'kustomize patch',
    });
    const tree = load({ files: Object.entries(files).map(([path, text]) => ({ path, text })) });
    expect(tree.counts.objects).toBe(1);
    expect(tree.clusters[0]?.transformed?.has('base/web.yaml')).toBe(true);
  });
});
