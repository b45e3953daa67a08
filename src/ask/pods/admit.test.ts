import { expect, test } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { apiServer, manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { renderAdmission } from '../../report/admit/admit-table.ts';
import { PLAIN } from '../../report/paint.ts';
import { admit } from './admit.ts';

test('a plugin of which it is not known whether it is on is listed among those that are on, and one that is off is not', () => {
  const server = apiServer(
    '--enable-admission-plugins=AlwaysPullImages,PodSecurityPolicy',
    '--disable-admission-plugins=PodSecurityPolicy,Priority',
  );
  const cluster = loadCluster(manifestsOf('server.yaml', server), { settings: { kubernetesVersion: '1.24' } });
  const [answer] = admit([{ cluster }]).clusters;
  const states = new Map(answer?.plugins.map(({ name, state }) => [name, state]));
  expect(['AlwaysPullImages', 'PodSecurityPolicy', 'Priority'].map((name) => states.get(name))).toEqual([
    'on',
    'unknown',
    undefined,
  ]);
});

test('of more workloads than a table has rows for, those that are rejected come first', () => {
  const pod = (name: string, spec: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { containers: [{ name: 'main', image: 'example/main:1' }], ...spec },
  });
  const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  const cluster = loadCluster(
    manifestsOf(
      'shop.yaml',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } },
      ...Array.from({ length: 60 }, (_, index) =>
        pod(`unsure-${String(index)}`, { securityContext: { runAsNonRoot: true } }),
      ),
      pod('rejected', { hostPID: true }),
    ),
    { settings: { kubernetesVersion: '1.30' } },
  );
  const text = admit([{ cluster }])
    .clusters.map((each) => renderAdmission(each, PLAIN))
    .join('');
  expect(text).toMatch(/POD .*\n *shop\/rejected /);
});
