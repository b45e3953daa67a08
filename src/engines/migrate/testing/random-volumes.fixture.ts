import fc from 'fast-check';
import type { JsonObject } from '../../../model/object.ts';
import type { Provider } from '../../psp/compile-policy.ts';
import { pick } from './random-name.fixture.ts';

const SOURCES: readonly JsonObject[] = [
  {},
  { awsElasticBlockStore: { volumeID: 'v' } },
  { azureDisk: { diskName: 'd', diskURI: 'd' } },
  { azureFile: { secretName: 's', shareName: 's' } },
  { cephfs: { monitors: ['m'] } },
  { cinder: { volumeID: 'v' } },
  { configMap: { name: 'c' } },
  { downwardAPI: { items: [] } },
  { emptyDir: { medium: 'Memory' } },
  { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
  { fc: { targetWWNs: ['w'], lun: 1 } },
  { flocker: { datasetUUID: 'u' } },
  { gcePersistentDisk: { pdName: 'p' } },
  { gitRepo: { repository: 'r' } },
  { glusterfs: { endpoints: 'e', path: 'p' } },
  { image: { reference: 'example' } },
  { iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } },
  { nfs: { server: 'n', path: '/n' } },
  { persistentVolumeClaim: { claimName: 'p' } },
  { photonPersistentDisk: { pdID: 'p' } },
  { portworxVolume: { volumeID: 'v' } },
  { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
  { projected: { sources: [{ configMap: { name: 'x' } }, { downwardAPI: { items: [] } }] } },
  { quobyte: { registry: 'r:1', volume: 'v' } },
  { rbd: { monitors: ['m'], image: 'i' } },
  { scaleIO: { gateway: 'g', system: 's', secretRef: { name: 's' }, volumeName: 'v' } },
  { secret: { secretName: 's' } },
  { storageos: { volumeName: 'v' } },
  { vsphereVolume: { volumePath: 'p' } },
];

/** The source of a volume of any type. */
export function randomVolume(policies: readonly Provider[]): fc.Arbitrary<JsonObject> {
  const prefixes = policies.flatMap(({ volumes }) =>
    volumes.hostPaths.flatMap(({ pathPrefix = '/' }) => [pathPrefix, `${pathPrefix}/sub`, `${pathPrefix}sub`]),
  );
  const drivers = policies.flatMap(({ volumes }) => [...(volumes.flexDrivers ?? []), ...(volumes.csiDrivers ?? [])]);
  const driver = pick(drivers, ['k8s/nfs', 'csi.other']);
  return fc.oneof(
    { arbitrary: fc.constantFrom(...SOURCES), weight: 4 },
    pick(prefixes, ['/', '/etc', '/var/run/docker.sock', '/dev']).map((path) => ({ hostPath: { path } })),
    driver.map((name) => ({ flexVolume: { driver: name } })),
    driver.map((name) => ({ csi: { driver: name } })),
  );
}
