import { isObject, record, records, text, textFields, texts } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { dnsLabelErrors, pathSegmentErrors, qualifiedNameErrors } from '../name-formats.ts';
import { type Check, declaratively, forbidden, goJson, invalid, required, tooLong } from './check.ts';
import { field, item, type Place } from './place.ts';
import { atLeast, type Format, isEmpty } from './rules.ts';
import { labels, numberOf } from './values.ts';

/** How the metadata of a kind is looked at. */
export interface MetadataRules {
  readonly namespaced: boolean;
  /** The format of names; of a prefix of a name its last dash is not looked at. */
  readonly name: Format;
  /** Whether finalizers must be fully qualified or standard ones (pkg/apis/core/validation only). */
  readonly finalizers: boolean;
  /** Whether the prefix of a name is looked at too. */
  readonly prefix?: boolean;
  /** Whether newer servers look at the name by its markers, which come last. */
  readonly lateName?: boolean;
}

const METADATA = field(undefined, 'metadata');
const NAME = field(METADATA, 'name');
const GENERATE_NAME = field(METADATA, 'generateName');
const NAMESPACE = field(METADATA, 'namespace');
const GENERATION = field(METADATA, 'generation');
const LABELS = field(METADATA, 'labels');
const ANNOTATIONS = field(METADATA, 'annotations');
const OWNERS = field(METADATA, 'ownerReferences');
const FINALIZERS = field(METADATA, 'finalizers');
const MANAGED_FIELDS = field(METADATA, 'managedFields');
const notNegative = atLeast(0);
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
const MOST_ANNOTATION_BYTES = 256 * 1024;
/** From here on what is wrong with owners is said with their index. */
const FIRST_OWNER_INDEX = 35;
/** From here on names of some kinds are looked at by the markers of their types. */
const FIRST_LATE_NAMES = 36;
/** A character of several bytes. */
const NOT_ASCII = /[\u0080-\uffff]/;
const MANAGED = ['Apply', 'Update'];

/** Mirrors ValidateObjectMeta of apimachinery pkg/api/validation, and of pkg/apis/core/validation where finalizers are looked at. */
export function checkMetadata(check: Check, metadata: JsonObject, rules: MetadataRules): void {
  const { namespaced, name: nameErrors, finalizers, prefix = true } = rules;
  const name = text(metadata.name);
  const generateName = text(metadata.generateName);
  if (generateName !== '' && prefix && !(rules.lateName === true && check.minor >= FIRST_LATE_NAMES)) {
    for (const message of nameErrors(masked(generateName), check.minor))
      invalid(check, GENERATE_NAME, generateName, message);
  }
  if (name === '') required(check, NAME, 'name or generateName is required');
  else {
    const complain = (to: Check): void => {
      for (const message of nameErrors(name, check.minor)) invalid(to, NAME, name, message);
    };
    if (rules.lateName === true) declaratively(check, complain);
    else complain(check);
  }
  checkNamespace(check, text(metadata.namespace), namespaced);
  notNegative(check, metadata.generation, GENERATION);
  labels(check, metadata.labels, LABELS);
  checkAnnotations(check, metadata.annotations, ANNOTATIONS);
  checkOwners(check, records(metadata.ownerReferences));
  checkFinalizers(check, texts(metadata.finalizers));
  checkManagedFields(check, records(metadata.managedFields));
  if (!finalizers) return;
  for (const [index, one] of texts(metadata.finalizers).entries()) {
    if (!one.includes('/') && !STANDARD_FINALIZERS.includes(one)) {
      const detail = 'name is neither a standard finalizer name nor is it fully qualified';
      invalid(check, item(FINALIZERS, index), one, detail);
    }
  }
}

/** A trailing dash of a prefix is taken for a letter. Mirrors maskTrailingDash. */
function masked(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

function checkNamespace(check: Check, namespace: string, namespaced: boolean): void {
  if (!namespaced) {
    if (namespace !== '') forbidden(check, NAMESPACE, 'not allowed on this type');
  } else if (namespace === '') required(check, NAMESPACE);
  else for (const message of dnsLabelErrors(namespace, check.minor)) invalid(check, NAMESPACE, namespace, message);
}

/** Keys of annotations, and how much they hold together. */
export function checkAnnotations(check: Check, value: Json | undefined, at: Place): void {
  let size = 0;
  for (const [key, each] of textFields(value)) {
    for (const message of qualifiedNameErrors(key.toLowerCase(), check.minor)) invalid(check, at, key, message);
    size += byteLength(key) + byteLength(each);
  }
  if (size > MOST_ANNOTATION_BYTES) tooLong(check, at, MOST_ANNOTATION_BYTES);
}

/** Bytes of a text in UTF-8, in which the server measures. */
export function byteLength(value: string): number {
  if (!NOT_ASCII.test(value)) return value.length;
  let length = value.length;
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0;
    if (code > 0xffff) length += 2;
    else if (code > 0x7ff) length += 2;
    else if (code > 0x7f) length += 1;
  }
  return length;
}

function checkOwners(check: Check, owners: readonly JsonObject[]): void {
  let first = '';
  for (const [index, owner] of owners.entries()) {
    if (check.minor >= FIRST_OWNER_INDEX) checkOwner(check, owner, item(OWNERS, index));
    else checkOwnerBefore(check, owner, OWNERS);
    if (owner.controller !== true) continue;
    const name = check.minor >= FIRST_OWNER_INDEX ? `${text(owner.kind)}/${text(owner.name)}` : text(owner.name);
    if (first === '') first = name;
    else {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${name}`;
      invalid(check, OWNERS, { go: '[]v1.OwnerReference{...}', json: goJson(owners.map(printedOwner)) }, detail);
    }
  }
}

function versionOf(apiVersion: string): string {
  const parts = apiVersion.split('/');
  return parts.length > 2 ? '' : (parts.at(-1) ?? '');
}

function checkOwnerBefore(check: Check, owner: JsonObject, at: Place): void {
  const [apiVersion, kind, name, uid] = [owner.apiVersion, owner.kind, owner.name, owner.uid].map(text);
  if (versionOf(apiVersion ?? '') === '')
    invalid(check, field(at, 'apiVersion'), apiVersion, 'version must not be empty');
  if (kind === '') invalid(check, field(at, 'kind'), kind, 'kind must not be empty');
  if (name === '') invalid(check, field(at, 'name'), name, 'name must not be empty');
  if (uid === '') invalid(check, field(at, 'uid'), uid, 'uid must not be empty');
  if (apiVersion === 'v1' && kind === 'Event')
    invalid(check, at, { go: 'v1.OwnerReference{...}', json: '' }, '/v1, Kind=Event is disallowed from being an owner');
}

function checkOwner(check: Check, owner: JsonObject, at: Place): void {
  const apiVersion = text(owner.apiVersion);
  if (apiVersion === '') declaredly(check, at, 'apiVersion');
  else if (versionOf(apiVersion) === '')
    invalid(check, field(at, 'apiVersion'), apiVersion, 'must be <group>/<version> or <version>');
  for (const name of ['kind', 'name', 'uid']) if (text(owner[name]) === '') declaredly(check, at, name);
  if (apiVersion === 'v1' && owner.kind === 'Event')
    invalid(
      check,
      at,
      { go: '', json: goJson(printedOwner(owner)) },
      '/v1, Kind=Event is disallowed from being an owner',
    );
}

/** Only kinds that are validated declaratively whole, metadata and all, would say this last; none does yet. */
function declaredly(check: Check, at: Place, name: string): void {
  required(check, field(at, name), 'must not be empty');
}

function printedOwner({
  apiVersion = '',
  kind = '',
  name = '',
  uid = '',
  controller,
  blockOwnerDeletion,
}: JsonObject): JsonObject {
  return {
    apiVersion,
    kind,
    name,
    uid,
    ...(controller !== undefined && { controller }),
    ...(blockOwnerDeletion !== undefined && { blockOwnerDeletion }),
  };
}

function checkFinalizers(check: Check, finalizers: readonly string[]): void {
  for (const name of finalizers) {
    for (const message of qualifiedNameErrors(name, check.minor)) invalid(check, FINALIZERS, name, message);
  }
  if (finalizers.includes('foregroundDeletion') && finalizers.includes('orphan'))
    invalid(check, FINALIZERS, [...finalizers], 'finalizer orphan and foregroundDeletion cannot be both set');
}

function checkManagedFields(check: Check, entries: readonly JsonObject[]): void {
  for (const [index, { operation = '', fieldsType = '', manager }] of entries.entries()) {
    const at = item(MANAGED_FIELDS, index);
    if (!MANAGED.includes(text(operation)))
      invalid(check, field(at, 'operation'), operation, 'must be `Apply` or `Update`');
    if (fieldsType !== '' && fieldsType !== 'FieldsV1')
      invalid(check, field(at, 'fieldsType'), fieldsType, 'must be `FieldsV1`');
    if (text(manager).length > 128) tooLong(check, field(at, 'manager'), 128);
  }
}

/** What must stay. Mirrors ValidateObjectMetaUpdate. */
export function checkMetadataUpdate(check: Check, metadata: JsonObject, old: JsonObject): void {
  if (text(metadata.resourceVersion) === '') {
    const value = { go: '""', json: '""' };
    invalid(check, field(METADATA, 'resourceVersion'), value, 'must be specified for an update');
  }
  if (numberOf(metadata.generation) < numberOf(old.generation))
    invalid(check, GENERATION, numberOf(metadata.generation), 'must not be decremented');
  for (const name of ['name', 'namespace', 'uid']) {
    if (text(metadata[name]) !== text(old[name]))
      invalid(check, field(METADATA, name), text(metadata[name]), 'field is immutable');
  }
  for (const name of ['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds']) {
    const [now = null, before = null] = [metadata[name], old[name]];
    if (now !== before && !(isEmpty(now) && isEmpty(before)))
      invalid(check, field(METADATA, name), now, 'field is immutable');
  }
  labels(check, metadata.labels, LABELS);
  checkAnnotations(check, metadata.annotations, ANNOTATIONS);
  checkOwners(check, records(metadata.ownerReferences));
  checkManagedFields(check, records(metadata.managedFields));
}

/** The metadata of any kind, whose name is only a segment of a path. Mirrors rest.validateCommonFields, which comes first on updates. */
export function checkCommonUpdate(check: Check, object: JsonObject, old: JsonObject, namespaced: boolean): void {
  const metadata = record(object.metadata);
  const rules = { namespaced, name: pathSegmentErrors, finalizers: false };
  checkMetadata(check, metadata, rules);
  checkMetadataUpdate(check, metadata, record(old.metadata));
}

/** The metadata of an object. */
export function metadataIn(object: JsonObject): JsonObject {
  return isObject(object.metadata) ? object.metadata : {};
}
