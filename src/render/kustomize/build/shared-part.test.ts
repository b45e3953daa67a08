import { expect, test } from 'vitest';
import type { SourceFile } from '../../../text/source.ts';
import type { FileTree } from '../read/loader.ts';
import { renderKustomization } from '../render-kustomization.ts';

const FILES: Readonly<Record<string, string>> = {
  '/base/kustomization.yaml':
    'resources: [web.yaml, missing.yaml]\ncommonLabels: {app: web}\npatches:\n- patch: |\n    kind: Deployment\n    apiVersion: apps/v1\n    metadata: {name: web}\n    spec: {replicas: 5}\n',
  '/base/web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {x: a}}\n  template:\n    metadata: {labels: {x: a}}\n',
  '/middle/kustomization.yaml': 'resources: [../base]\nnameSuffix: -m\n',
  '/a/kustomization.yaml': 'resources: [own.yaml, ../middle]\nnamePrefix: a-\nlabels: [{pairs: {app: a}}]\n',
  '/a/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own}\n',
  '/b/kustomization.yaml': 'resources: [../middle]\nnamespace: b\n',
  '/c/kustomization.yaml': 'resources: [../base]\n',
  '/d/kustomization.yaml': 'resources: [../base, ../e]\n',
  '/e/kustomization.yaml': 'resources: [../base]\nnameSuffix: -e\n',
};

function treeOf(usesOf?: FileTree['usesOf']): FileTree {
  const files = new Map(Object.entries(FILES).map(([path, text]): [string, SourceFile] => [path, { path, text }]));
  const directories = new Set(Object.keys(FILES).map((path) => path.slice(0, path.lastIndexOf('/'))));
  return {
    file: (path) => files.get(path),
    isDirectory: (path) => directories.has(path),
    ...(usesOf && { usesOf }),
  };
}

/** Everything that is told of a build, with its places. */
function told(tree: FileTree, directory: string): object {
  const { file, documents, ...rest } = renderKustomization(tree, directory, { isPartial: true });
  return {
    ...rest,
    text: file.text,
    parts: file.parts?.map((part) => [part.start, part.file.path]),
    documents: documents.map(({ root, causes }) => ({ root, causes: [...causes] })),
  };
}

test.each([
  ['that is copied for each', () => Infinity],
  ['of which the last has the original', () => 2],
])('a build is the same with a part %s as with what it gathers itself', (_, usesOf) => {
  const shared = treeOf(usesOf);
  // Spans of failures may be whole values.
  for (const directory of ['/a', '/b', '/c', '/d', '/a'])
    expect(
      told(
        treeOf(() => 1),
        directory,
      ),
    ).toMatchObject(told(shared, directory));
});

test('a label that was set at several places changes at all of them in a shared part, too', () => {
  const tree = treeOf();
  renderKustomization(tree, '/b', { isPartial: true });
  const { documents } = renderKustomization(tree, '/a', { isPartial: true });
  const texts = documents.map(({ root }) => JSON.stringify(root)).join('\n');
  expect(texts).toContain('"value":"a"');
  expect(texts).not.toContain('"value":"web"');
});
