import { parseQuantity } from '../../../lang/quantity.ts';
import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, duplicate, forbidden, invalid, required } from '../check/check.ts';
import { checkAnnotations } from '../check/metadata.ts';
import { field, fieldAt, item, type Place } from '../check/place.ts';
import { format, isEmpty, needed, oneOf, type Rule, table } from '../check/rules.ts';
import { labels, numberOf } from '../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../name-formats.ts';
import { claimSpec } from './claim-spec.ts';
import { downwardVolume } from './downward-api.ts';
import { projectedVolume } from './projected-volume.ts';
import * as sources from './volume-sources.ts';

/** The volumes of a pod by name: only good ones can be mounted. */
export type Volumes = ReadonlyMap<string, JsonObject>;

const MORE_THAN_ONE = 'may not specify more than 1 volume type';
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

const image: Rule = table(['reference', needed()], ['pullPolicy', needed('', oneOf(...PULL_POLICIES))]);

const ephemeral: Rule = table([
  'volumeClaimTemplate',
  needed('', (check, value, at) => {
    const { metadata, spec } = record(value);
    const place = field(at, 'metadata');
    const { annotations, labels: written } = record(metadata);
    checkAnnotations(check, annotations, field(place, 'annotations'));
    labels(check, written, field(place, 'labels'));
    const words = check.minor >= FIRST_SHORT_TEMPLATE_WORDS ? 'cannot be set' : 'cannot be set for an ephemeral volume';
    for (const [name, each] of Object.entries(record(metadata)))
      if (name !== 'annotations' && name !== 'labels' && !isEmpty(each)) forbidden(check, field(place, name), words);
    claimSpec(check, spec, field(at, 'spec'));
  }),
]);

/** From here on messages about templates of claims do not say about what they are. */
const FIRST_SHORT_TEMPLATE_WORDS = 31;

/** The sources in the order in which the server looks at them; where a complaint says another name, that is upstream's slip. */
const SOURCES: readonly (readonly [name: string, rule: Rule, inside?: string | undefined, twice?: string])[] = [
  ['hostPath', sources.hostPath],
  ['gitRepo', sources.gitRepo],
  ['gcePersistentDisk', sources.gcePersistentDisk, 'persistentDisk'],
  ['awsElasticBlockStore', sources.awsElasticBlockStore],
  ['secret', sources.secretVolume],
  ['nfs', sources.nfs],
  ['iscsi', sources.iscsi(false, '')],
  ['glusterfs', sources.glusterfs],
  ['flocker', sources.flocker],
  ['persistentVolumeClaim', table(['claimName', needed()])],
  ['rbd', sources.rbd],
  ['cinder', sources.cinder],
  ['cephfs', sources.cephfs],
  ['quobyte', sources.quobyte],
  ['downwardAPI', downwardVolume, undefined, 'downwarAPI'],
  ['fc', sources.fc],
  ['flexVolume', sources.flexVolume],
  ['configMap', sources.configMapVolume],
  ['azureFile', sources.azureFile],
  ['vsphereVolume', sources.vsphereVolume],
  ['photonPersistentDisk', sources.photonPersistentDisk],
  ['portworxVolume', sources.portworxVolume],
  ['azureDisk', sources.azureDisk],
  ['storageos', sources.storageos],
  ['projected', projectedVolume],
  ['scaleIO', sources.scaleIO],
  ['csi', sources.csiVolume],
  ['ephemeral', ephemeral],
  ['image', image],
];

const volumeName: Rule = needed('', format(dnsLabelErrors));

/** Mirrors ValidateVolumes: the complaints about volumes, and those volumes that have none. */
export function checkVolumes(check: Check, value: Json | undefined, podName: string, at: Place): Volumes {
  const volumes = new Map<string, JsonObject>();
  const made = new Set(
    list(value).flatMap((each) =>
      podName !== '' && isObject(record(each).ephemeral) ? [`${podName}-${text(record(each).name)}`] : [],
    ),
  );
  for (const [index, each] of list(value).entries()) {
    const volume = record(each);
    const place = item(at, index);
    const name = text(volume.name);
    const before = check.errors.length;
    checkSource(check, volume, podName, place);
    volumeName(check, volume.name, field(place, 'name'));
    if (volumes.has(name)) duplicate(check, field(place, 'name'), name);
    if (check.errors.length === before) volumes.set(name, volume);
    const claim = text(record(volume.persistentVolumeClaim).claimName);
    if (isObject(volume.persistentVolumeClaim) && made.has(claim)) {
      const detail = 'must not reference a PVC that gets created for an ephemeral volume';
      invalid(check, fieldAt(place, 'persistentVolumeClaim', 'claimName'), claim, detail);
    }
  }
  return volumes;
}

const SOURCE_OF = new Map(SOURCES.map((source) => [source[0], source]));

/** Those that a volume names, in the order in which the server looks at them; most name one. */
function sourcesOf(volume: JsonObject): typeof SOURCES {
  const named = Object.keys(volume).flatMap((name) => {
    const source = SOURCE_OF.get(name);
    return source === undefined ? [] : [source];
  });
  return named.length < 2 ? named : SOURCES.filter((source) => named.includes(source));
}

function checkSource(check: Check, volume: JsonObject, podName: string, at: Place): void {
  let isFound = false;
  if (isObject(volume.emptyDir)) {
    isFound = true;
    checkEmptyDir(check, volume.emptyDir, field(at, 'emptyDir'));
  }
  for (const [name, rule, inside = name, twice = name] of sourcesOf(volume)) {
    const source = volume[name];
    if (!isObject(source)) continue;
    if (isFound) forbidden(check, field(at, twice), MORE_THAN_ONE);
    else {
      rule(check, source, field(at, inside));
      if (name === 'ephemeral') checkClaimName(check, podName, text(volume.name), at);
    }
    isFound = true;
    if (name === 'iscsi' && source.initiatorName !== undefined) {
      const volumeName = text(volume.name);
      if (`${volumeName}:${text(source.targetPortal)}`.length > 64)
        invalid(check, field(at, 'name'), volumeName, sources.TOO_LONG_TARGET);
    }
  }
  if (!isFound) required(check, at, 'must specify a volume type');
}

function checkEmptyDir(check: Check, { sizeLimit, mode }: JsonObject, at: Place): void {
  const limit = parseQuantity(text(sizeLimit));
  if (limit !== undefined && limit.value < 0n)
    forbidden(check, field(at, 'sizeLimit'), 'SizeLimit field must be a valid resource quantity');
  if (mode !== undefined && (numberOf(mode) > 0o1777 || numberOf(mode) < 0))
    invalid(check, field(at, 'mode'), numberOf(mode), 'must be a number between 0 and 01777 (octal), both inclusive');
}

function checkClaimName(check: Check, podName: string, volumeName: string, at: Place): void {
  if (podName === '' || volumeName === '') return;
  const claim = `${podName}-${volumeName}`;
  for (const message of dnsSubdomainErrors(claim))
    invalid(check, field(at, 'name'), volumeName, `PVC name ${JSON.stringify(claim)}: ${message}`);
}
