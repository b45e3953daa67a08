import { describe, expect, it } from 'vitest';
import { lineColumn, sourceAt } from '../../text/position.ts';
import { readDocuments } from '../../text/read.ts';
import type { SourceFile } from '../../text/source.ts';
import { locate } from '../../text/tree.ts';
import { renderSources, type Surroundings } from './render-sources.ts';

const web = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n';

function render(texts: Readonly<Record<string, string>>, surroundings?: Surroundings) {
  const files = Object.entries(texts).map(([path, text]): SourceFile => ({ path, text }));
  const documents = files.flatMap((file) => readDocuments(file).documents);
  return renderSources(documents, files, surroundings);
}

describe('renderSources', () => {
  it('builds the kustomizations that nothing includes, and leaves what they take in', () => {
    const { made, entryPoints, taken } = render({
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': web,
      'overlays/dev/kustomization.yaml': 'namespace: dev\nresources: [../../base]\n',
      'overlays/prod/kustomization.yaml':
        'resources: [../../base]\npatches:\n- patch: |\n    kind: Deployment\n    apiVersion: apps/v1\n    metadata: {name: web}\n    spec: {replicas: 5}\n',
      'plain.yaml': web,
    });
    expect(entryPoints.map(({ path }) => path)).toEqual(['overlays/dev', 'overlays/prod']);
    expect(taken.has('base/web.yaml')).toBe(true);
    expect(taken.has('plain.yaml')).toBe(false);
    expect(made.map(({ file }) => file.path)).toEqual([
      'overlays/dev/kustomization.yaml',
      'overlays/prod/kustomization.yaml',
    ]);
    const prod = made[1];
    if (prod?.root === undefined) throw new Error('a document was expected');
    const { file, span } = sourceAt(prod.file, locate(prod.root, ['spec', 'replicas']));
    expect([file.path, lineColumn(file, span.start).line]).toEqual(['overlays/prod/kustomization.yaml', 7]);
    expect(sourceAt(prod.file, locate(prod.root, ['kind'])).file.path).toBe('base/web.yaml');
  });

  it('reads what lies beside the files, above the directory of the user as well', () => {
    const outside: Readonly<Record<string, string>> = {
      '../base/kustomization.yaml': 'resources: [web.yaml]',
      '../base/web.yaml': web,
    };
    const { entryPoints, made } = render(
      { 'kustomization.yaml': 'resources: [../base]\n' },
      {
        file: (path) => {
          const text = outside[path];
          return text === undefined ? undefined : { path, text };
        },
        isDirectory: (path) => path === '..' || path === '../base',
      },
    );
    expect(entryPoints).toMatchObject([{ path: '.' }]);
    expect(entryPoints[0]?.failure).toBeUndefined();
    expect(made).toHaveLength(1);
  });

  it('says what a build would take, and why one fails, with the paths that the user knows', () => {
    const { problems, open, made, taken, entryPoints } = render({
      'a/kustomization.yaml': 'namespace: a\nresources:\n- web.yaml\n- https://example.com/x.yaml\n',
      'a/web.yaml': web,
      'b/kustomization.yaml': 'resources: [missing.yaml]\n',
    });
    expect(problems.map(({ rule, file }) => [rule, file.path])).toEqual([
      ['kustomization-not-rendered', 'a/kustomization.yaml'],
      ['kustomization-broken', 'b/kustomization.yaml'],
    ]);
    expect(problems[1]?.message).toContain("'b/missing.yaml' doesn't exist");
    expect(open.size).toBe(2);
    expect([made.length, taken.size]).toEqual([1, 3]);
    expect(entryPoints.map(({ extent, lacks }) => [extent, [...lacks]])).toEqual([
      ['part', ['objects']],
      ['part', ['objects']],
    ]);
  });

  it('takes files from elsewhere as Flux does, where something else takes more than files as well', () => {
    const { problems, entryPoints } = render({
      'a/kustomization.yaml': 'resources: [https://example.com/x.yaml, ../web.yaml]\n',
      'b/kustomization.yaml': 'resources: [../web.yaml, missing.yaml]\n',
      'web.yaml': web,
    });
    expect(problems.map(({ rule, file, atMost }) => [rule, file.path, atMost])).toEqual([
      ['kustomization-broken', 'a/kustomization.yaml', 'info'],
      ['kustomization-not-rendered', 'a/kustomization.yaml', undefined],
      ['kustomization-broken', 'b/kustomization.yaml', undefined],
    ]);
    expect(problems[2]?.message).toContain("'b/missing.yaml' doesn't exist");
    expect(entryPoints.map(({ takes }) => takes.has('web.yaml'))).toEqual([true, true]);
  });

  it('waits for what an earlier step makes', () => {
    const { problems } = render(
      {
        'a/kustomization.yaml': 'resources: [vendor/calico, web.yaml]\n',
        'a/web.yaml': web,
        'b/kustomization.yaml': 'resources: [bases/web.clusterserviceversion.yaml]\n',
        'c/kustomization.yaml': 'resources: [web.yaml]\npatches: [{ path: id.yaml }]\n',
        'c/web.yaml': web,
        'e/kustomization.yaml': 'resources: [web.yaml, config.yaml]\n',
        'e/web.yaml': web,
        'e/config.yaml.in': '${A}\n',
        // A value that a later part looks for comes with the file.
        'd/kustomization.yaml':
          'resources: [web.yaml]\nconfigMapGenerator: [{ name: x, envs: [vendor/x.env] }]\nreplacements:\n- source: { kind: ConfigMap, name: x, fieldPath: data.a }\n  targets: [{ select: { name: web }, fieldPaths: [spec.replicas] }]\n',
        'd/web.yaml': web,
      },
      { file: () => undefined, isDirectory: () => false, isIgnored: (path) => path === 'c/id.yaml' },
    );
    expect(problems.map(({ rule, file, message }) => [rule, file.path, message])).toEqual([
      ['kustomization-not-rendered', 'a/kustomization.yaml', '`vendor/calico` takes an earlier step that makes it'],
      [
        'kustomization-not-rendered',
        'b/kustomization.yaml',
        '`bases/web.clusterserviceversion.yaml` takes an earlier step that makes it',
      ],
      ['kustomization-not-rendered', 'c/kustomization.yaml', expect.stringContaining('takes an earlier step')],
      ['kustomization-not-rendered', 'e/kustomization.yaml', '`config.yaml` takes an earlier step that makes it'],
      ['kustomization-not-rendered', 'd/kustomization.yaml', expect.stringContaining('takes an earlier step')],
    ]);
  });

  it('builds by themselves the kustomizations that one includes which cannot be read', () => {
    const { made, entryPoints, open, taken } = render({
      'base/kustomization.yaml': 'namespace: own\nresources: [web.yaml]\n',
      'base/web.yaml': web,
      'prod/kustomization.yaml': 'resources: [../base]\npatches: no list\n',
    });
    expect(entryPoints.map(({ path, extent, lacks }) => [path, extent, [...lacks]])).toEqual([
      ['prod', 'none', []],
      ['base', 'whole', ['objects', 'changes']],
    ]);
    expect([made.length, open.size, taken.has('base/web.yaml')]).toEqual([1, 1, true]);
  });

  it('says what is wrong with a kustomization that is no YAML', () => {
    const { problems } = render({ 'kustomization.yaml': 'resources: [a.yaml\n', 'x/kustomization.yaml': '{{ x }}\n' });
    expect(problems.map(({ rule, file }) => [rule, file.path])).toEqual([
      ['kustomization-broken', 'kustomization.yaml'],
    ]);
  });

  it('says once what is wrong with a base, however many include it', () => {
    const { problems } = render({
      'base/kustomization.yaml': 'resources: [missing.yaml, https://example.com/x.yaml]\n',
      'a/kustomization.yaml': 'resources: [../base]\ngenerators: [own.yaml]\n',
      'a/own.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: s}\n',
      'b/kustomization.yaml': 'resources: [../base]\n',
    });
    expect(problems.map(({ rule, file }) => [rule, file.path])).toEqual([
      ['kustomization-broken', 'base/kustomization.yaml'],
      ['kustomization-not-rendered', 'base/kustomization.yaml'],
      ['kustomization-not-rendered', 'a/own.yaml'],
    ]);
  });

  it('never builds a component alone, and one of a circle', () => {
    const { entryPoints, problems } = render({
      'c/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [web.yaml]\n',
      'c/web.yaml': web,
      'x/kustomization.yaml': 'resources: [../y]\n',
      'y/kustomization.yaml': 'resources: [../x]\n',
    });
    expect(entryPoints.map(({ path }) => path)).toEqual(['x']);
    expect(problems[0]?.message).toContain('cycle detected');
  });
});
