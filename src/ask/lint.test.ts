import { describe, expect, it } from 'vitest';
import { lint } from './lint.ts';

describe('lint', () => {
  it('names the file and line of a value that is not known, also in what a kustomization makes', () => {
    const base =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - {name: web, image: "${IMAGE}"}\n';
    const texts = {
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': base,
      'prod/kustomization.yaml': 'namespace: prod\nresources: [../base]\n',
    };
    const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
    expect(lint({ files }).unknown).toMatchObject([
      { file: 'base/pod.yaml', line: 7, path: 'spec.containers[0].image', object: { namespace: 'prod', name: 'web' } },
    ]);
  });
});
