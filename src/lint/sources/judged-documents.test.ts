import { describe, expect, it } from 'vitest';
import { load } from '../../ask/load.ts';

const named = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';
const template = '{ metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } }';
const deployment = `${named}spec: { selector: { matchLabels: { app: web } }, template: ${template} }\n`;

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
        'broken.yaml': 'kind: [\n',
        'tsconfig.json': '{ // comment\n}',
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
      'tsconfig.json': 'other',
    });
  });

  it('includes kustomizations and the patches they name, whose objects do not count', () => {
    const files = {
      'base/kustomization.yaml': 'resources:\n- web.yaml\n',
      'base/web.yaml': deployment,
      'prod/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: prod\nresources: [../base]\npatches:\n- path: ./replicas.yaml\n',
      'prod/replicas.yaml': `${named}spec:\n  replicas: 5\n`,
    };
    expect(reasons(files)).toEqual({});
    const tree = load({ files: Object.entries(files).map(([path, text]) => ({ path, text })) });
    expect(tree.clusters[0]?.cluster.objects).toMatchObject([{ name: 'web', namespace: 'prod' }]);
    // One that cannot be read: its base is built by itself.
    const unread = { ...files, 'prod/kustomization.yaml': `${files['prod/kustomization.yaml']}unknown: field\n` };
    expect(reasons(unread)).toEqual({
      'prod/kustomization.yaml': 'kustomization',
      'prod/replicas.yaml': 'kustomize patch',
    });
    const open = load({ files: Object.entries(unread).map(([path, text]) => ({ path, text })) });
    expect(open.clusters[0]?.cluster.objects).toMatchObject([{ name: 'web', namespace: '' }]);
    expect(open.clusters[0]?.transformed?.has('base/kustomization.yaml')).toBe(true);
  });

  it('includes what tests apply and expect, and parts of objects that no kustomization names', () => {
    const container = 'containers: [{ name: a, env: [] }]';
    expect(
      reasons({
        'e2e/chainsaw-test.yaml': 'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: { name: x }\n',
        'e2e/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n',
        'kuttl/01-assert.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: x }\n',
        'kuttl/01-install.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n',
        'other/assert.yaml': "apiVersion: v1\nkind: Pod\nmetadata:\n  namespace: (join('-', [$a]))\n",
        'other/count.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec: { (length(containers)): 1 }\n',
        'patch.yaml': `${named}spec: { template: { spec: { ${container} } } }\n`,
        'replicas.yaml': `${named}spec: { replicas: 3 }\n`,
        'directive.yaml': `${named}$patch: delete\n`,
        'crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x }\n',
        'mistake.yaml': `${named}spec: { selector: {}, template: { spec: { ${container} } } }\n`,
        'patches/sidecar.yaml': `${named}spec: { template: { spec: { containers: [{ name: a, image: b }] } } }\n`,
        'phase.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { labels: { a: b } }\nstatus: { phase: Running }\n',
        'forgotten.yaml': `${named}spec: { template: { spec: { containers: [{ name: a, image: b }] } } }\n`,
      }),
    ).toEqual({
      'e2e/chainsaw-test.yaml': 'test',
      'e2e/pod.yaml': 'test',
      'kuttl/01-assert.yaml': 'test',
      'kuttl/01-install.yaml': 'test',
      'other/assert.yaml': 'test',
      'other/count.yaml': 'test',
      'patch.yaml': 'patch',
      'patches/sidecar.yaml': 'patch',
      'phase.yaml': 'patch',
      'replicas.yaml': 'patch',
      'directive.yaml': 'patch',
      'crd.yaml': 'patch',
    });
  });

  it('includes what the kustomization around a file leaves out, and nothing that is far from one', () => {
    const files = {
      'app/kustomization.yaml': 'resources: [rbac/a.yaml]\nconfigMapGenerator: [{ name: c, files: [alerts.yaml] }]\n',
      'app/rbac/a.yaml': deployment,
      'app/alerts.yaml': 'route:\n  url: {{ .url }}\n',
      'app/rbac/left.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: left }\n',
      'app/pvcs/web_patch.yaml': 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: web }\n',
      'app/other/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n',
      'rbac-patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: y }\n',
    };
    expect(reasons(files)).toEqual({ 'app/rbac/left.yaml': 'unlisted', 'app/pvcs/web_patch.yaml': 'unlisted' });
    const tree = load({ files: Object.entries(files).map(([path, text]) => ({ path, text })) });
    expect(tree.clusters.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('has no faults to report, but for what says that it is a manifest', () => {
    const files = {
      'tsconfig.json': '{ // comment\n}',
      'values.yaml': 'kind: x\nmetadata: {}\n',
      'site.yml': 'a: {{ b }}\n',
      'chart/templates/a.yaml': '{{ include "a" . }}\n',
      'broken.yaml': 'apiVersion: v1\nkind: [\n',
    };
    const tree = load({ files: Object.entries(files).map(([path, text]) => ({ path, text })) });
    expect(tree.clusters.flatMap(({ problems }) => problems.map(({ rule, file }) => `${rule} ${file.path}`))).toEqual([
      'not-rendered chart/templates/a.yaml',
      'parse broken.yaml',
    ]);
  });
});
