import { expect, test } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { apiServer, manifestsOf } from '../../cluster/load/manifest.fixture.ts';
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
