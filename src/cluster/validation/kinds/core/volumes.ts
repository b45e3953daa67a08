import { compareQuantities, parseQuantity } from '../../../../lang/quantity.ts';
import { isObject, record, text, textFields } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { withoutFields } from '../../../index/without-fields.ts';
import { type Check, forbidden, goJson, invalid, required, unsupported } from '../../check/check.ts';
import { checkImmutable, isSame } from '../../check/immutable.ts';
import { checkMetadata, checkMetadataUpdate, metadataIn } from '../../check/metadata.ts';
import { entry, field, fieldAt, type Place } from '../../check/place.ts';
import { filled, format, needed, present, type Rule, table } from '../../check/rules.ts';
import { dnsSubdomainErrors } from '../../name-formats.ts';
import { checkAccessModes, claimSpec } from '../../pods/claim-spec.ts';
import { nodeSelector } from '../../pods/scheduling.ts';
import * as sources from '../../pods/volume-sources.ts';
import { checkBasicResource, checkPositive } from './amounts.ts';
import { type KindCheck, LAST_WHOLE } from '../kind-check.ts';

/*
 * Volumes and claims. Mirrors pkg/apis/core/validation, v1.24 and v1.37; the difference that the server prints behind a forbidden change is left out.
 */

const SPEC = field(undefined, 'spec');
const ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const FIRST_CHANGEABLE_CLASSES = 31;
const MANY = 'may not specify more than 1 volume type';
const CLAIM = { namespaced: true, name: dnsSubdomainErrors, finalizers: true };
const VOLUME = { namespaced: false, name: dnsSubdomainErrors, finalizers: true };

function createClaim(check: Check, object: JsonObject): void {
  checkMetadata(check, metadataIn(object), CLAIM);
  claimSpec(check, object.spec, SPEC);
}

export const claimCheck: KindCheck = {
  create: createClaim,
  update: (check, object, old) => {
    if (check.minor <= LAST_WHOLE) createClaim(check, object);
    checkMetadataUpdate(check, metadataIn(object), metadataIn(old));
    createClaim(check, object);
    const [spec, before] = [{ ...record(object.spec) }, { ...record(old.spec) }];
    if (text(before.volumeName) === '' && spec.volumeName !== undefined) before.volumeName = spec.volumeName;
    const isFirstClass = upgradesClass(object, old);
    if (isFirstClass) Reflect.deleteProperty(spec, 'storageClassName');
    else {
      const [now, then] = [annotationOf(object), annotationOf(old)];
      if (now !== then) {
        const at = entry(fieldAt(undefined, 'metadata', 'annotations'), ANNOTATION);
        invalid(check, at, now, 'field is immutable');
      }
      if (
        check.minor >= FIRST_CHANGEABLE_CLASSES &&
        before.storageClassName === undefined &&
        then === '' &&
        spec.storageClassName !== undefined
      )
        Reflect.deleteProperty(spec, 'storageClassName');
    }
    if (!isSame(record(object.status).phase === 'Bound' ? withSize(spec, before) : spec, before)) {
      const fields =
        check.minor >= FIRST_CHANGEABLE_CLASSES
          ? 'resources.requests and volumeAttributesClassName'
          : 'resources.requests';
      forbidden(check, SPEC, `spec is immutable after creation except ${fields} for bound claims`);
    }
    checkSize(check, spec, before);
    checkImmutable(check, spec.volumeMode, before.volumeMode, field(undefined, 'volumeMode'));
  },
};

/** The claim with the size of another one, where it asks for some. */
function withSize(spec: JsonObject, other: JsonObject): JsonObject {
  const resources = record(spec.resources);
  if (!isObject(resources.requests)) return spec;
  const { storage = null } = record(record(other.resources).requests);
  return { ...spec, resources: { ...resources, requests: { ...resources.requests, storage } } };
}

function annotationOf(object: JsonObject): string {
  return text(record(metadataIn(object).annotations)[ANNOTATION]);
}

/** A class that was an annotation may become a field. */
function upgradesClass(object: JsonObject, old: JsonObject): boolean {
  const [now, before] = [annotationOf(object), annotationOf(old)];
  const [field, oldField] = [record(object.spec).storageClassName, record(old.spec).storageClassName];
  return oldField === undefined && field !== undefined && before !== '' && now === '' && field === before;
}

function checkSize(check: Check, spec: JsonObject, old: JsonObject): void {
  const size = (from: JsonObject): string => text(record(record(from.resources).requests).storage) || '0';
  const [now, before] = [parseQuantity(size(spec)), parseQuantity(size(old))];
  if (now === undefined || before === undefined || compareQuantities(now, before) >= 0) return;
  const at = fieldAt(SPEC, 'resources', 'requests', 'storage');
  if (check.minor < FIRST_CHANGEABLE_CLASSES) forbidden(check, at, 'field can not be less than previous value');
  else if (now.value <= 0n) forbidden(check, at, 'field can not be less than status.capacity');
}

const withSecret =
  (rule: Rule): Rule =>
  (check, value, at) => {
    rule(check, value, at);
    secretReference(check, record(value).secretRef, field(at, 'secretRef'));
  };

const secretReference: Rule = present(table(['name', needed()], ['namespace', needed()]));

const csi: Rule = (check, value, at) => {
  const { driver, volumeHandle } = record(value);
  sources.driverName(check, driver, field(at, 'driver'));
  if (text(volumeHandle) === '') required(check, field(at, 'volumeHandle'));
  const names = [
    'controllerPublishSecretRef',
    'controllerExpandSecretRef',
    'nodePublishSecretRef',
    'nodeExpandSecretRef',
  ];
  for (const name of names) secretReference(check, record(value)[name], field(at, name));
};

const local: Rule = (check, value, at) => {
  const path = text(record(value).path);
  if (path === '') required(check, field(at, 'path'));
  else sources.noBacksteps(check, path, field(at, 'path'));
};

const azureFile: Rule = (check, value, at) => {
  sources.azureFile(check, value, at);
  const { secretNamespace } = record(value);
  if (secretNamespace !== undefined && text(secretNamespace) === '')
    invalid(check, field(at, 'secretNamespace'), text(secretNamespace), "must be a valid namespace's name");
};

const SOURCES: readonly (readonly [name: string, rule: (name: string) => Rule, inside?: string, twice?: string])[] = [
  ['hostPath', () => sources.hostPath],
  ['gcePersistentDisk', () => sources.gcePersistentDisk, 'persistentDisk'],
  ['awsElasticBlockStore', () => sources.awsElasticBlockStore],
  ['glusterfs', () => sources.glusterfs],
  ['flocker', () => sources.flocker],
  ['nfs', () => sources.nfs],
  ['rbd', () => sources.rbd],
  ['quobyte', () => sources.quobyte],
  ['cephfs', () => sources.cephfs, 'cephfs', 'cephFS'],
  ['iscsi', (name) => sources.iscsi(true, name)],
  ['cinder', () => withSecret(table(['volumeID', needed()]))],
  ['fc', () => sources.fc],
  ['flexVolume', () => sources.flexVolume],
  ['azureFile', () => azureFile],
  ['vsphereVolume', () => sources.vsphereVolume],
  ['photonPersistentDisk', () => sources.photonPersistentDisk],
  ['portworxVolume', () => sources.portworxVolume],
  ['azureDisk', () => sources.azureDisk],
  ['scaleIO', () => sources.scaleIO],
  ['local', () => local],
  ['storageos', () => sources.storageos],
  ['csi', () => csi],
];

function checkVolumeSources(check: Check, spec: JsonObject, name: string): void {
  let count = 0;
  for (const [source, rule, inside = source, twice = source] of SOURCES) {
    if (!isObject(spec[source])) continue;
    if (count > 0 && source !== 'flexVolume') forbidden(check, field(SPEC, twice), MANY);
    else {
      rule(name)(check, spec[source], field(SPEC, inside));
      if (source === 'local' && !isObject(record(spec.nodeAffinity).required))
        required(check, field(SPEC, 'nodeAffinity'), 'Local volume requires node affinity');
    }
    count++;
  }
  if (count === 0) required(check, SPEC, 'must specify a volume type');
}

function checkCapacity(check: Check, value: Json | undefined, at: Place): void {
  const amounts = textFields(value);
  if (amounts.length === 0) required(check, at);
  if (amounts.length !== 1 || amounts[0]?.[0] !== 'storage') {
    const printed = { go: 'core.ResourceList{...}', json: goJson(isObject(value) ? value : null) };
    const go = amounts.length === 0 ? (isObject(value) ? 'core.ResourceList{}' : 'core.ResourceList(nil)') : printed.go;
    unsupported(check, at, { ...printed, go }, ['storage']);
  }
  for (const [name, amount] of amounts) {
    checkBasicResource(check, amount, entry(at, name));
    checkPositive(check, amount, entry(at, name));
  }
}

function checkVolume(check: Check, object: JsonObject): void {
  const spec = record(object.spec);
  checkMetadata(check, metadataIn(object), VOLUME);
  checkAccessModes(check, spec.accessModes, field(SPEC, 'accessModes'), '');
  checkCapacity(check, spec.capacity, field(SPEC, 'capacity'));
  const policy = text(spec.persistentVolumeReclaimPolicy);
  if (policy !== '' && !POLICIES.includes(policy))
    unsupported(check, field(SPEC, 'persistentVolumeReclaimPolicy'), policy, POLICIES);
  if (isObject(spec.nodeAffinity)) {
    const at = fieldAt(SPEC, 'nodeAffinity', 'required');
    if (isObject(spec.nodeAffinity.required)) nodeSelector(check, spec.nodeAffinity.required, at);
    else required(check, at, 'must specify required node constraints');
  }
  checkVolumeSources(check, spec, text(metadataIn(object).name));
  const path = text(record(spec.hostPath).path);
  if (isObject(spec.hostPath) && /^\/+$/.test(path) && policy === 'Recycle')
    forbidden(check, field(SPEC, 'persistentVolumeReclaimPolicy'), "may not be 'recycle' for a hostPath mount of '/'");
  filled(format(dnsSubdomainErrors))(check, spec.storageClassName, field(SPEC, 'storageClassName'));
  const mode = spec.volumeMode;
  if (mode !== undefined && mode !== 'Block' && mode !== 'Filesystem')
    unsupported(check, field(SPEC, 'volumeMode'), mode, ['Block', 'Filesystem']);
  if (spec.volumeAttributesClassName === undefined || check.minor < FIRST_CHANGEABLE_CLASSES) return;
  needed('an empty string is disallowed', format(dnsSubdomainErrors))(
    check,
    spec.volumeAttributesClassName,
    field(SPEC, 'volumeAttributesClassName'),
  );
  if (!isObject(spec.csi))
    required(check, field(SPEC, 'csi'), 'has to be specified when using volumeAttributesClassName');
}

const POLICIES = ['Delete', 'Recycle', 'Retain'];
const FIRST_MUTABLE_AFFINITY = 38;

export const volumeCheck: KindCheck = {
  create: checkVolume,
  update: (check, object, old) => {
    // Upstream looks at the object twice, once for the change.
    checkVolume(check, object);
    checkVolume(check, object);
    const [spec, before] = [record(object.spec), record(old.spec)];
    const pick = (from: JsonObject): JsonObject =>
      Object.fromEntries(SOURCES.flatMap(([name]) => (from[name] === undefined ? [] : [[name, from[name]]])));
    const [now, then] = [pick(spec), pick(before)];
    if (isObject(now.csi) && isObject(then.csi) && then.csi.controllerExpandSecretRef === undefined) {
      now.csi = withoutFields(now.csi, ['controllerExpandSecretRef']);
    }
    if (!isSame(now, then))
      forbidden(
        check,
        fieldAt(SPEC, 'persistentvolumesource'),
        'spec.persistentvolumesource is immutable after creation',
      );
    checkImmutable(check, spec.volumeMode, before.volumeMode, field(undefined, 'volumeMode'));
    if (before.nodeAffinity !== undefined && check.minor < FIRST_MUTABLE_AFFINITY)
      checkImmutable(check, spec.nodeAffinity, before.nodeAffinity, field(undefined, 'nodeAffinity'));
  },
};
