import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { objectValue } from '../../../model/object-value.ts';
import type { JsonObject } from '../../../model/object.ts';
import { manifestsOf } from '../../load/manifest.fixture.ts';
import { templateHash } from './template-hash.ts';

interface Vector {
  readonly case: { readonly id: string; readonly minor: number; readonly template: JsonObject };
  readonly verdict: { readonly hash: string };
}

/** The hash of a template as the manifest has it. */
function hashOf(template: JsonObject, minor: number, procMountType = false): string | undefined {
  const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template } };
  const [object] = manifestsOf('web.yaml', manifest);
  if (object === undefined) throw new Error('no object');
  const { spec } = objectValue(object, { minor }) as { spec: { template: JsonObject } };
  return templateHash(spec.template, { minor, procMountType });
}

function nginx(image: string): JsonObject {
  const container = { name: 'nginx', image, ports: [{ containerPort: 80 }] };
  return { metadata: { labels: { app: 'nginx' } }, spec: { containers: [container] } };
}

function withContainer(container: JsonObject): JsonObject {
  return { spec: { containers: [{ name: 'main', image: 'nginx', ...container }] } };
}

describe('templateHash', () => {
  // Names that people's clusters gave to the Deployment of the Kubernetes documentation, as found in public notes.
  it.each([
    [11, 'nginx:1.7.9', '67594d6bf6'],
    [12, 'nginx:1.7.9', '5c689d88bb'],
    [13, 'nginx:1.7.9', '76bf4969df'],
    [14, 'nginx:1.7.9', '6dd86d77d'],
    [16, 'nginx:1.7.9', '54f57cf6bf'],
    [17, 'nginx:1.7.9', '54f57cf6bf'],
    [18, 'nginx:1.14.2', '6b474476c4'],
    [19, 'nginx:1.14.2', '66b6c48dd5'],
    [22, 'nginx:1.14.2', '66b6c48dd5'],
    [23, 'nginx:1.14.2', '9456bbbf9'],
    [24, 'nginx:1.14.2', '6595874d85'],
    [28, 'nginx:1.14.2', '86dcfdf4c6'],
    [30, 'nginx:1.14.2', '77d8468669'],
    [33, 'nginx:1.14.2', '647677fc66'],
    [34, 'nginx:1.14.2', 'bf744486c'],
  ])('is that of the documentation’s Deployment in 1.%i with %s', (minor, image, hash) => {
    expect(hashOf(nginx(image), minor)).toBe(hash);
  });

  it('is that of the real controller for random templates of many versions', () => {
    const packed = readFileSync(new URL('../../../../fixtures/conformance/template-hash.jsonl.gz', import.meta.url));
    const vectors = gunzipSync(packed).toString('utf8').trim().split('\n');
    const different = vectors
      .map((line) => JSON.parse(line) as Vector)
      .filter(({ case: { minor, template }, verdict }) => hashOf(template, minor) !== verdict.hash);
    expect(different.map(({ case: { id } }) => id)).toEqual([]);
    expect(vectors.length).toBeGreaterThan(400);
  });

  it('does not care whether what is empty is written', () => {
    const [short, long] = [
      { metadata: { labels: { a: 'b' } }, ...withContainer({ env: [{ name: 'A' }] }) },
      {
        metadata: { labels: { a: 'b' }, annotations: {}, creationTimestamp: null },
        ...withContainer({ env: [{ name: 'A', value: '' }], command: [], resources: {}, tty: false }),
      },
    ];
    expect(hashOf(long, 24)).toBe(hashOf(short, 24));
    expect(hashOf(withContainer({ env: [{ name: 'A', value: 'b' }] }), 24)).not.toBe(hashOf(short, 24));
  });

  it('knows quantities by their canonical form and what the server drops', () => {
    const limits = (cpu: string | number): JsonObject => withContainer({ resources: { limits: { cpu } } });
    expect(hashOf(limits(0.5), 24)).toBe(hashOf(limits('500m'), 24));
    const probe = { livenessProbe: { exec: { command: ['true'] }, terminationGracePeriodSeconds: 3 } };
    const { terminationGracePeriodSeconds, ...rest } = probe.livenessProbe;
    expect(terminationGracePeriodSeconds).toBe(3);
    expect(hashOf(withContainer(probe), 24)).toBe(hashOf(withContainer({ livenessProbe: rest }), 24));
    expect(hashOf(withContainer(probe), 25)).not.toBe(hashOf(withContainer({ livenessProbe: rest }), 25));
  });

  it('keeps procMount only behind its gate', () => {
    const mounted = (procMount: string): JsonObject => withContainer({ securityContext: { procMount } });
    expect(hashOf(mounted('Unmasked'), 24)).toBe(hashOf(mounted('Default'), 24));
    expect(hashOf(mounted('Unmasked'), 24, true)).not.toBe(hashOf(mounted('Default'), 24, true));
  });

  it('cannot be told of times, managed fields, great integers, and security contexts of 1.12 to 1.14', () => {
    const spec = { containers: [] };
    expect(hashOf({ metadata: { creationTimestamp: '2021-01-01T00:00:00Z' }, spec }, 24)).toBeUndefined();
    expect(hashOf({ spec: { ...spec, activeDeadlineSeconds: 2 ** 60 } }, 24)).toBeUndefined();
    const secured = withContainer({ securityContext: { privileged: true } });
    expect([11, 12, 13, 14, 15].map((minor) => hashOf(secured, minor) !== undefined)).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });
});
