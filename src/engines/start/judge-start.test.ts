import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import type { ClusterSettings } from '../../cluster/index/cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { FieldPath } from '../../text/tree.ts';
import { judgeStart } from './judge-start.ts';

const images: ClusterSettings['images'] = {
  nginx: { user: 0 },
  'bitnami/apache': { user: 1001 },
  'quay.io/acme/*': { user: 'app:app' },
  'ghcr.io/acme/tool:1.*': { user: '' },
  'win/admin': { user: 'ContainerAdministrator' },
};
const [owner] = manifestsOf('pod.yaml', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } });
if (owner === undefined) throw new Error('the manifest of a pod was expected');
const source = { placeOf: (path: FieldPath) => ({ object: owner, path: ['template', ...path] }) };
const start = (spec: PodSpec) => judgeStart(loadCluster([], { settings: { images } }), source, spec);
const nonRoot = { runAsNonRoot: true };

describe('what the kubelet says about runAsNonRoot', () => {
  const cases: [string, PodSpec, string, string][] = [
    ['an image of root without the field', { containers: [{ name: 'c', image: 'nginx' }] }, 'starts', ''],
    [
      'an image of root',
      { containers: [{ name: 'c', image: 'nginx:1.25', securityContext: nonRoot }] },
      'fails',
      'container has runAsNonRoot and image will run as root',
    ],
    [
      'an image without a user',
      { securityContext: nonRoot, containers: [{ name: 'c', image: 'ghcr.io/acme/tool:1.2' }] },
      'fails',
      'container has runAsNonRoot and image will run as root',
    ],
    [
      'a numeric user',
      { securityContext: nonRoot, containers: [{ name: 'c', image: 'bitnami/apache' }] },
      'starts',
      '',
    ],
    [
      'a named user',
      { securityContext: nonRoot, containers: [{ name: 'c', image: 'quay.io/acme/web@sha256:00' }] },
      'fails',
      'container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root',
    ],
    [
      'a user that the pod sets to root',
      { securityContext: { runAsUser: 0 }, containers: [{ name: 'c', image: 'other', securityContext: nonRoot }] },
      'fails',
      "container's runAsUser breaks non-root policy",
    ],
    [
      'a user that the container sets',
      {
        securityContext: { ...nonRoot, runAsUser: 0 },
        containers: [{ name: 'c', image: 'other', securityContext: { runAsUser: 7 } }],
      },
      'starts',
      '',
    ],
    [
      'a container that gives up what the pod asks',
      {
        securityContext: nonRoot,
        containers: [{ name: 'c', image: 'nginx', securityContext: { runAsNonRoot: false } }],
      },
      'starts',
      '',
    ],
    [
      'an administrator of Windows',
      { os: { name: 'windows' }, securityContext: nonRoot, containers: [{ name: 'c', image: 'win/admin' }] },
      'fails',
      "container's runAsUser (ContainerAdministrator) which will be regarded as root identity and will break non-root policy",
    ],
  ];
  for (const [what, spec, decision, message] of cases) {
    it(`${what}: ${decision}`, () => {
      expect(start(spec)).toMatchObject({ decision, message });
    });
  }

  it('does not know the user of an image that no entry names, and says what to write', () => {
    const verdict = start({ securityContext: nonRoot, containers: [{ name: 'c', image: 'ghcr.io/acme/tool:2.0' }] });
    expect(verdict.decision).toBe('unknown');
    expect(verdict.assumptions.map(({ decide }) => decide)).toEqual([
      'add `"ghcr.io/acme/tool:2.0": { user: … }` to `settings.images` of the configuration',
    ]);
  });

  it('names the first container that fails, before any that is not known', () => {
    const verdict = start({
      securityContext: nonRoot,
      initContainers: [{ name: 'i', image: 'other' }],
      containers: [{ name: 'c', image: 'nginx' }],
    });
    expect(verdict.decision).toBe('fails');
    expect(verdict.containers.map(({ decision }) => decision)).toEqual(['unknown', 'fails']);
  });

  it('decides by the first of two containers that fail, init containers before the others', () => {
    const verdict = start({
      securityContext: nonRoot,
      containers: [{ name: 'c', image: 'nginx' }],
      initContainers: [{ name: 'i', image: 'quay.io/acme/web' }],
    });
    expect(verdict.message).toContain('image has non-numeric user (app)');
  });

  it('gives the fields that decide, in the manifest, and a step for each container', () => {
    const verdict = start({
      securityContext: nonRoot,
      initContainers: [{ name: 'i', image: 'other' }],
      containers: [
        { name: 'ok', image: 'bitnami/apache' },
        { name: 'root', image: 'nginx' },
        { name: 'own', image: 'other', securityContext: { runAsUser: 0 } },
      ],
    });
    expect(verdict.because.map(({ path, sentence }) => ({ path: path.join('.'), sentence }))).toEqual([
      { path: 'template.spec.securityContext.runAsNonRoot', sentence: 'container root: image user 0' },
      { path: 'template.spec.containers.2.securityContext.runAsUser', sentence: 'container own: runAsUser 0' },
    ]);
    expect(verdict.steps).toEqual([
      { sentence: 'the user of container i is not known', outcome: 'noted' },
      { sentence: 'container ok starts as user 1001', outcome: 'passed' },
      {
        sentence: 'container root does not start: container has runAsNonRoot and image will run as root',
        outcome: 'failed',
      },
      { sentence: "container own does not start: container's runAsUser breaks non-root policy", outcome: 'failed' },
    ]);
  });

  it('knows an administrator of Windows in any letters', () => {
    const windowsOptions = { runAsUserName: 'containerADMINISTRATOR' };
    const securityContext = { ...nonRoot, windowsOptions };
    const { decision, message } = start({
      os: { name: 'windows' },
      securityContext,
      containers: [{ name: 'c', image: 'other' }],
    });
    expect(decision).toBe('fails');
    expect(message).toContain('runAsUserName (containerADMINISTRATOR)');
  });
});
