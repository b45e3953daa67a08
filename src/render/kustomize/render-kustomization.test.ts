import { describe, expect, it, test } from 'vitest';
import { objectsOf, originOf, placeOf, render } from './render-kustomization.fixture.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: nginx:1.0
        envFrom:
        - configMapRef: {name: config}
`;

const OVERLAY = {
  '/base/web.yaml': DEPLOYMENT,
  '/base/kustomization.yaml': 'resources: [web.yaml]\n',
  '/prod/kustomization.yaml': `resources:
- ../base
namespace: prod
namePrefix: p-
images:
- name: nginx
  newTag: "2.0"
configMapGenerator:
- name: config
  literals: [a=b]
patches:
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 3
`,
};

describe('a partial build', () => {
  const texts = {
    ...OVERLAY,
    '/prod/kustomization.yaml': `${OVERLAY['/prod/kustomization.yaml'].replace('- ../base', '- ../base\n- https://example.com/x.yaml')}- patch: |
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: remote}
    data: {a: b}
- path: missing.yaml
generators: [sops.yaml]
transformers: [own.yaml]
`,
    '/prod/sops.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: s}\n',
    '/prod/own.yaml': 'apiVersion: example.com/v1\nkind: Own\nmetadata: {name: o}\n',
  };

  it('leaves out what cannot be built, and says what that would have done', () => {
    expect(render(texts, '/prod').failure?.needs).toBe('network');
    const part = render(texts, '/prod', { isPartial: true });
    expect(objectsOf(part)).toEqual(objectsOf(render(OVERLAY, '/prod')));
    expect(part.gaps.map(({ message, lacks, needs }) => [message.slice(0, 40), lacks, needs])).toEqual([
      ['accumulating resources: accumulation err', ['objects'], 'network'],
      ['external plugins disabled; unable to loa', ['secrets'], 'plugin'],
      ['failed to get the patch file from path(m', ['changes'], undefined],
      ['external plugins disabled; unable to loa', ['changes'], 'plugin'],
      ['no resource matches strategic merge patc', [], undefined],
    ]);
  });

  it('fails where the kustomization cannot be read', () => {
    expect(render({ '/kustomization.yaml': 'patches: x\n' }, '/', { isPartial: true }).failure).toBeDefined();
  });
});

describe('an overlay', () => {
  const rendering = render(OVERLAY, '/prod');

  it('is rendered as the real tool does', () => {
    expect(objectsOf(rendering)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'p-config-4h2mbtbbt6', namespace: 'prod' },
        data: { a: 'b' },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'p-web', namespace: 'prod' },
        spec: {
          replicas: 3,
          template: {
            spec: {
              containers: [
                { name: 'web', image: 'nginx:2.0', envFrom: [{ configMapRef: { name: 'p-config-4h2mbtbbt6' } }] },
              ],
            },
          },
        },
      },
    ]);
  });

  it.each([
    [0, ['metadata', 'namespace'], ['/prod/kustomization.yaml:3: prod']],
    [1, ['spec', 'replicas'], ['/prod/kustomization.yaml:18: 3']],
    [1, ['spec', 'template', 'spec', 'containers', 0, 'name'], ['/base/web.yaml:9: web']],
    [1, ['metadata', 'name'], ['/base/web.yaml:4: web', 'namePrefix /prod/kustomization.yaml:4: p-']],
    [
      1,
      ['spec', 'template', 'spec', 'containers', 0, 'image'],
      ['/base/web.yaml:10: nginx:1.0', 'images /prod/kustomization.yaml:6: name: nginx\n  newTag: "2.0"'],
    ],
  ] as const)('knows where values come from (%#)', (index, path, expected) => {
    expect(originOf(rendering, index, path)).toEqual(expected);
  });

  it('says what a reference was made of', () => {
    const path = ['spec', 'template', 'spec', 'containers', 0, 'envFrom', 0, 'configMapRef', 'name'];
    const [place, ...causes] = originOf(rendering, 1, path);
    expect(place).toBe('/base/web.yaml:12: config');
    expect(causes.map((cause) => cause.split(' ', 1)[0])).toEqual(['namePrefix', 'hash', 'nameReference']);
  });
});

describe('what cannot be built', () => {
  const failed = (files: Readonly<Record<string, string>>, directory = '/o'): readonly string[] => {
    const rendering = render({ '/o/cm.yaml': CONFIG_MAP, ...files }, directory);
    const { failure } = rendering;
    return failure === undefined ? [] : [failure.message, placeOf(rendering, failure.span), failure.needs ?? ''];
  };

  it('names a missing file at its entry', () => {
    const [message, place] = failed({ '/o/kustomization.yaml': 'resources:\n- cm.yaml\n- none.yaml\n' });
    expect(message).toContain("'/o/none.yaml' doesn't exist");
    expect(place).toBe('/o/kustomization.yaml:3: none.yaml');
  });

  it('refuses files outside the directory', () => {
    const [message] = failed({ '/o/kustomization.yaml': 'resources: [../x.yaml]\n', '/x.yaml': CONFIG_MAP });
    expect(message).toContain("security; file '/x.yaml' is not in or below '/o'");
  });

  it('sees a cycle', () => {
    const [message] = failed({
      '/o/kustomization.yaml': 'resources: [../p]\n',
      '/p/kustomization.yaml': 'resources: [../o]\n',
    });
    expect(message).toContain('cycle detected');
  });

  it('says what a build without network, plugins and charts lacks', () => {
    const needs = (text: string): string | undefined => failed({ '/o/kustomization.yaml': text })[2];
    expect(needs('resources: ["https://example.com/x.yaml"]\n')).toBe('network');
    expect(needs('resources: ["github.com/o/r//p?ref=v1"]\n')).toBe('network');
    expect(needs('helmCharts: [{name: x}]\n')).toBe('helm');
    expect(needs('transformers: ["{apiVersion: e.com/v1, kind: T, metadata: {name: t}}"]\n')).toBe('plugin');
  });

  it('points into the patch that is at fault', () => {
    const patch = `apiVersion: v1
kind: ConfigMap
metadata: {name: cm}
data:
  $patch: bogus
`;
    const files = { '/o/kustomization.yaml': 'resources: [cm.yaml]\npatches: [{path: p.yaml}]\n', '/o/p.yaml': patch };
    expect(failed(files).slice(0, 2)).toEqual(["unknown patch strategy 'bogus'", '/o/p.yaml:5: bogus']);
  });

  it('points to a field that is not known', () => {
    const [message, place] = failed({ '/o/kustomization.yaml': 'resources: [cm.yaml]\nresource: x\n' });
    expect(message).toBe('invalid Kustomization: json: unknown field "resource"');
    expect(place).toBe('/o/kustomization.yaml:2: resource');
  });
});

const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata: {name: cm}
data: {a: b}
`;

test('nested bases end, however often they are taken in', () => {
  const files: Record<string, string> = {
    '/k0/cm.yaml': CONFIG_MAP,
    '/k0/kustomization.yaml': 'resources: [cm.yaml]\n',
  };
  for (let level = 1; level <= 40; level++) {
    const below = `/k${String(level - 1)}`;
    for (const side of ['a', 'b']) {
      files[`/${side}${String(level)}/kustomization.yaml`] = `resources: [..${below}]\nnamePrefix: ${side}-\n`;
    }
    files[`/k${String(level)}/kustomization.yaml`] = `resources: [../a${String(level)}, ../b${String(level)}]\n`;
  }
  expect(render(files, '/k40').failure?.message).toContain('this kustomization was given up');
});

test('aliases end, however often they are written out', () => {
  const levels = Array.from(
    { length: 30 },
    (_, index) => `  a${String(index + 1)}: &a${String(index + 1)} [*a${String(index)}, *a${String(index)}]`,
  );
  const bomb = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata:\n  a0: &a0 [x]\n${levels.join('\n')}\n`;
  const files = { '/o/cm.yaml': bomb, '/o/kustomization.yaml': 'resources: [cm.yaml]\n' };
  expect(render(files, '/o').failure?.message).toContain('excessive aliasing');
});

test('an empty kustomization is an error, one with an empty list is none', () => {
  expect(objectsOf(render({ '/o/kustomization.yaml': 'kind: Kustomization\n' }, '/o'))).toBe(
    'kustomization.yaml is empty',
  );
  expect(objectsOf(render({ '/o/kustomization.yaml': 'resources: []\n' }, '/o'))).toEqual([]);
});
