import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { Volume } from '../../../model/kinds/volume.ts';
import type { Check, CheckPod, Forbidden, ForbiddenField } from '../check.ts';
import { joinQuoted, plural, sortedSet } from '../wording.ts';

const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const;

/** Of several sources the first of these is named. */
const FORBIDDEN = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
] as const;

/** Only volumes that hold no more than the pod's own. Mirrors policy/check_restrictedVolumes.go, v0.37. */
export const restrictedVolumes: Check = {
  id: 'restrictedVolumes',
  level: 'restricted',
  versions: [{ since: 0, checkPod: allowing(ALLOWED), overrides: ['hostPathVolumes'] }],
};

/** The same on servers before 1.33, to which images were no known volumes. Mirrors the file of v0.23 to v0.32. */
export const restrictedVolumesWithoutImages: Check = {
  ...restrictedVolumes,
  versions: [
    {
      since: 0,
      checkPod: allowing(ALLOWED.filter((type) => type !== 'image')),
      overrides: ['hostPathVolumes'],
    },
  ],
};

function allowing(allowed: readonly (keyof Volume)[]): CheckPod {
  return ({ spec }) => forbiddenVolumes(spec, allowed);
}

function forbiddenVolumes(spec: PodSpec, allowed: readonly (keyof Volume)[]): Forbidden | undefined {
  const names: string[] = [];
  const found: string[] = [];
  const fields: ForbiddenField[] = [];
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    if (has(volume, allowed) !== undefined) continue;
    const type = has(volume, FORBIDDEN);
    const path = ['spec', 'volumes', index];
    names.push(volume.name ?? '');
    found.push(type ?? 'unknown');
    fields.push({ path: type === undefined ? path : [...path, type], value: type });
  }
  if (names.length === 0) return undefined;
  const types = sortedSet(found);
  const volumes = `${plural(names.length, 'volume', 'volumes')} ${joinQuoted(names)}`;
  const what = plural(types.length, 'restricted volume type', 'restricted volume types');
  return {
    reason: 'restricted volume types',
    detail: `${volumes} ${plural(names.length, 'uses', 'use')} ${what} ${joinQuoted(types)}`,
    fields,
  };
}

function has<Type extends keyof Volume>(volume: Volume, types: readonly Type[]): Type | undefined {
  return types.find((type) => volume[type] !== undefined);
}
