import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import type { PodSecurityPolicySpec } from '../../../model/kinds/pod-security-policy.ts';
import type { DownwardAPIVolumeFile, ProjectedVolumeSource, Volume } from '../../../model/kinds/volume.ts';
import { CONTAINER_LISTS, containerPlace } from './container-place.ts';
import { allowsHostPath } from './host-paths.ts';
import { goString, invalid, type PolicyError } from './policy-error.ts';

/** What a policy says about volumes. */
export interface VolumeRule {
  /** The types allowed; '*' stands for all. */
  readonly types: ReadonlySet<string>;
  readonly hostPaths: NonNullable<PodSecurityPolicySpec['allowedHostPaths']>;
  /** Drivers allowed; undefined allows all. */
  readonly flexDrivers: ReadonlySet<string> | undefined;
  readonly csiDrivers: ReadonlySet<string> | undefined;
  /** Since 1.19 `secret` also admits the projected volume of an account's token. */
  readonly secretAdmitsToken: boolean;
}

/** A volume's field and the name that policies have for its type, in the order in which the server looks for them. */
const TYPES = [
  ['hostPath', 'hostPath'],
  ['emptyDir', 'emptyDir'],
  ['gcePersistentDisk', 'gcePersistentDisk'],
  ['awsElasticBlockStore', 'awsElasticBlockStore'],
  ['gitRepo', 'gitRepo'],
  ['secret', 'secret'],
  ['nfs', 'nfs'],
  ['iscsi', 'iscsi'],
  ['glusterfs', 'glusterfs'],
  ['persistentVolumeClaim', 'persistentVolumeClaim'],
  ['rbd', 'rbd'],
  ['flexVolume', 'flexVolume'],
  ['cinder', 'cinder'],
  ['cephfs', 'cephFS'],
  ['flocker', 'flocker'],
  ['downwardAPI', 'downwardAPI'],
  ['fc', 'fc'],
  ['azureFile', 'azureFile'],
  ['configMap', 'configMap'],
  ['vsphereVolume', 'vsphereVolume'],
  ['quobyte', 'quobyte'],
  ['azureDisk', 'azureDisk'],
  ['photonPersistentDisk', 'photonPersistentDisk'],
  ['storageos', 'storageos'],
  ['projected', 'projected'],
  ['portworxVolume', 'portworxVolume'],
  ['scaleIO', 'scaleIO'],
  ['csi', 'csi'],
  ['ephemeral', 'ephemeral'],
] as const satisfies readonly (readonly [keyof Volume, string])[];

const FIRST_CSI_DRIVERS = 16;
const FIRST_TOKEN_BY_SECRET = 19;

/** Reads the volume fields of a policy. Mirrors the volume checks of pkg/security/podsecuritypolicy, v1.24. */
export function compileVolumeRule(spec: PodSecurityPolicySpec, minor: number): VolumeRule {
  const flex = (spec.allowedFlexVolumes ?? []).map(({ driver = '' }) => driver);
  // The gate CSIInlineVolume was closed before 1.16, and the list dropped.
  const csi = minor < FIRST_CSI_DRIVERS ? [] : (spec.allowedCSIDrivers ?? []).map(({ name = '' }) => name);
  return {
    types: new Set(spec.volumes),
    hostPaths: spec.allowedHostPaths ?? [],
    flexDrivers: flex.length === 0 ? undefined : new Set(flex),
    csiDrivers: csi.length === 0 ? undefined : new Set(csi),
    secretAdmitsToken: minor >= FIRST_TOKEN_BY_SECRET,
  };
}

/** The type of a volume by a policy's names; '' for one that has none of the known sources. */
export function volumeType(volume: Volume): string {
  for (const [field, type] of TYPES) if (volume[field] !== undefined) return type;
  return '';
}

/** The names that policies have for volume types, `*` aside. */
export const VOLUME_TYPES: readonly string[] = TYPES.map(([, type]) => type);

/** Checks the volumes of a pod. */
export function volumeErrors(rule: VolumeRule, pod: ServerPod): PolicyError[] {
  const { volumes } = pod.spec;
  if (volumes === undefined) return [];
  const errors: PolicyError[] = [];
  for (const [index, volume] of volumes.entries()) {
    const type = volumeType(volume);
    const path = `spec.volumes[${index}]`;
    if (!admitsType(rule, type, volume)) {
      const place = { podPath: ['spec', 'volumes', index, fieldOf(type)], policyPath: ['spec', 'volumes'] };
      errors.push(invalid(path, goString(type), `${type} volumes are not allowed to be used`, place));
    } else if (volume.hostPath !== undefined) {
      if (rule.hostPaths.length > 0) errors.push(...hostPathErrors(rule, pod, volume, index));
    } else errors.push(...driverErrors(rule, volume, type, index));
  }
  return errors;
}

function admitsType(rule: VolumeRule, type: string, volume: Volume): boolean {
  const { types } = rule;
  if (types.has('*') || types.has(type)) return true;
  if (type !== 'projected' || !rule.secretAdmitsToken || !types.has('secret')) return false;
  return isTokenVolume(volume.projected ?? {});
}

function fieldOf(type: string): string {
  return TYPES.find(([, name]) => name === type)?.[0] ?? type;
}

/** Whether a projected volume holds nothing but what the volume of a ServiceAccount's token holds. Mirrors IsOnlyServiceAccountTokenSources. */
export function isTokenVolume({ sources = [] }: ProjectedVolumeSource): boolean {
  return sources.every(({ serviceAccountToken: token, configMap, downwardAPI }) => {
    if (token === undefined && configMap === undefined && downwardAPI === undefined) return false;
    if (token !== undefined && (token.path !== 'token' || (token.audience ?? '') !== '')) return false;
    if (configMap !== undefined && configMap.name !== 'kube-root-ca.crt') return false;
    return downwardAPI?.items?.every(isNamespaceFile) ?? true;
  });
}

function isNamespaceFile({ path, fieldRef }: DownwardAPIVolumeFile): boolean {
  return path === 'namespace' && fieldRef?.apiVersion === 'v1' && fieldRef.fieldPath === 'metadata.namespace';
}

function hostPathErrors(rule: VolumeRule, pod: ServerPod, volume: Volume, index: number): PolicyError[] {
  const { path: hostPath = '' } = volume.hostPath ?? {};
  const decision = allowsHostPath(rule.hostPaths, hostPath);
  if (!decision.allowed) {
    const place = {
      podPath: ['spec', 'volumes', index, 'hostPath', 'path'],
      policyPath: ['spec', 'allowedHostPaths'],
    };
    const path = `spec.volumes[${index}].hostPath.pathPrefix`;
    return [invalid(path, goString(hostPath), 'is not allowed to be used', place)];
  }
  if (!decision.mustBeReadOnly) return [];
  const policyPath = ['spec', 'allowedHostPaths', decision.index ?? 0, 'readOnly'];
  const errors: PolicyError[] = [];
  for (const list of CONTAINER_LISTS) {
    for (const [position, container] of (pod.spec[list] ?? []).entries()) {
      const at = containerPlace(list, position);
      for (const [mountIndex, mount] of (container.volumeMounts ?? []).entries()) {
        if ((mount.name ?? '') !== (volume.name ?? '') || mount.readOnly === true) continue;
        const place = { podPath: [...at.podPath, 'volumeMounts', mountIndex, 'readOnly'], policyPath };
        const path = `${at.path}.volumeMounts[${mountIndex}].readOnly`;
        errors.push(invalid(path, 'false', 'must be read-only', place));
      }
    }
  }
  return errors;
}

function driverErrors(rule: VolumeRule, volume: Volume, type: string, index: number): PolicyError[] {
  const path = `spec.volumes[${index}]`;
  if (type === 'flexVolume') {
    const { driver = '' } = volume.flexVolume ?? {};
    if (rule.flexDrivers?.has(driver) ?? true) return [];
    const place = {
      podPath: ['spec', 'volumes', index, 'flexVolume', 'driver'],
      policyPath: ['spec', 'allowedFlexVolumes'],
    };
    return [invalid(`${path}.driver`, goString(driver), 'Flexvolume driver is not allowed to be used', place)];
  }
  if (type !== 'csi') return [];
  const { driver = '' } = volume.csi ?? {};
  if (rule.csiDrivers?.has(driver) ?? true) return [];
  const place = { podPath: ['spec', 'volumes', index, 'csi', 'driver'], policyPath: ['spec', 'allowedCSIDrivers'] };
  return [invalid(`${path}.csi.driver`, goString(driver), 'Inline CSI driver is not allowed to be used', place)];
}
