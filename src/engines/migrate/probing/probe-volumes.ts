import type { JsonObject } from '../../../model/object.ts';
import type { Provider } from '../../psp/compile-policy.ts';
import type { PodEdit } from './edit-probe.ts';
import { distinct } from './probe-values.ts';

/** One volume of every type that policies tell apart, `hostPath` and those with drivers aside. */
const SOURCES: readonly JsonObject[] = [
  { emptyDir: {} },
  { gcePersistentDisk: { pdName: 'example' } },
  { awsElasticBlockStore: { volumeID: 'example' } },
  { gitRepo: { repository: 'example' } },
  { secret: { secretName: 'example' } },
  { nfs: { server: 'example', path: '/' } },
  { iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } },
  { glusterfs: { endpoints: 'example', path: 'example' } },
  { persistentVolumeClaim: { claimName: 'example' } },
  { rbd: { monitors: ['10.0.0.1'], image: 'example' } },
  { cinder: { volumeID: 'example' } },
  { cephfs: { monitors: ['10.0.0.1'] } },
  { flocker: { datasetName: 'example' } },
  { downwardAPI: { items: [{ path: 'labels', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.labels' } }] } },
  { fc: { wwids: ['example'] } },
  { azureFile: { secretName: 'example', shareName: 'example' } },
  { configMap: { name: 'example' } },
  { vsphereVolume: { volumePath: 'example' } },
  { quobyte: { registry: 'example:1', volume: 'example' } },
  { azureDisk: { diskName: 'example', diskURI: 'example' } },
  { photonPersistentDisk: { pdID: 'example' } },
  { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
  { projected: { sources: [{ secret: { name: 'example' } }] } },
  { portworxVolume: { volumeID: 'example' } },
  { scaleIO: { gateway: 'example', system: 'example', volumeName: 'example', secretRef: { name: 'example' } } },
  { storageos: { volumeName: 'example' } },
  {
    ephemeral: {
      volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
    },
  },
];

/** A volume of every type; host paths within and beside every allowed one, for reading and for writing; every driver. */
export function volumeEdits(policies: readonly Provider[]): readonly PodEdit[] {
  const flex = policies.flatMap(({ volumes }) => [...(volumes.flexDrivers ?? [])]);
  const csi = policies.flatMap(({ volumes }) => [...(volumes.csiDrivers ?? [])]);
  const hostPaths = distinct([
    '/',
    '/example',
    ...policies.flatMap(({ volumes }) => volumes.hostPaths.flatMap(pathsOf)),
  ]);
  return [
    ...SOURCES.map((volume) => ({ volume })),
    ...distinct(['example/driver', ...flex]).map((driver) => ({ volume: { flexVolume: { driver } } })),
    ...distinct(['driver.example', ...csi]).map((driver) => ({ volume: { csi: { driver } } })),
    ...hostPaths.flatMap((path) =>
      [true, false].map((readOnly) => ({ volume: { hostPath: { path } }, mount: { readOnly } })),
    ),
  ];
}

function pathsOf({ pathPrefix = '' }: { readonly pathPrefix?: string }): readonly string[] {
  return pathPrefix === '' ? [] : [pathPrefix, `${pathPrefix}example`];
}
