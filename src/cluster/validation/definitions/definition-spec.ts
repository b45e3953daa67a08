import { isObject, list, record, text, texts } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, goJson, invalid, required } from '../check/check.ts';
import { dns1035Errors } from '../check/formats.ts';
import { isSame } from '../check/immutable.ts';
import { field, fieldAt, item, type Place } from '../check/place.ts';
import { oneOf } from '../check/rules.ts';
import { dnsSubdomainErrors } from '../name-formats.ts';
import { checkColumn, checkScale } from './columns.ts';
import { checkValidation } from './root-schema.ts';
import { checkConversion } from './conversion.ts';

/*
 * CustomResourceDefinitions. Mirrors apiextensions-apiserver's pkg/apis/apiextensions/validation, v0.24 and v0.37. Rules in CEL are not looked at.
 */

const SPEC = field(undefined, 'spec');

const FIRST_NO_SCHEMA_WORDS = 27;

/** The spec as the server holds it: what all versions have alike is said once, above them. */
function internalSpec(written: JsonObject): JsonObject {
  const versions = list(written.versions).map(record);
  const [first] = versions;
  if (first === undefined) return written;
  const spec: JsonObject = { ...written, version: first.name ?? '' };
  const kept = versions.map((version) => ({ ...version }));
  for (const [own, above] of HOISTED) {
    if (!versions.every((version) => isSame(version[own], first[own]))) continue;
    if (first[own] !== undefined) spec[above] = first[own];
    for (const version of kept) Reflect.deleteProperty(version, own);
  }
  spec.versions = kept;
  return spec;
}

const HOISTED = [
  ['schema', 'validation'],
  ['subresources', 'subresources'],
  ['additionalPrinterColumns', 'additionalPrinterColumns'],
  ['selectableFields', 'selectableFields'],
] as const;

function hasStatus(subresources: Json | undefined): boolean {
  return record(subresources).status !== undefined;
}

function checkGroup(check: Check, group: string): void {
  const at = field(SPEC, 'group');
  const wrong = dnsSubdomainErrors(group);
  if (group === '') required(check, at);
  else if (wrong.length > 0) invalid(check, at, group, wrong.join(','));
  else if (!group.includes('.')) invalid(check, at, group, 'should be a domain with at least one dot');
}

export function checkSpec(check: Check, written: JsonObject): void {
  const spec = internalSpec(written);
  const versions = list(spec.versions).map(record);
  const above = record(spec.validation).openAPIV3Schema;
  checkGroup(check, text(spec.group));
  if (text(spec.scope) === '') required(check, field(SPEC, 'scope'));
  else oneOf('Cluster', 'Namespaced')(check, spec.scope, field(SPEC, 'scope'));
  const versionAt = (index: number): Place => item(field(SPEC, 'versions'), index);
  if (above === undefined)
    for (const [index, { schema }] of versions.entries())
      if (record(schema).openAPIV3Schema === undefined)
        required(
          check,
          fieldAt(versionAt(index), 'schema', 'openAPIV3Schema'),
          check.minor < FIRST_NO_SCHEMA_WORDS ? 'schemas are required' : '',
        );
  const preserves = spec.preserveUnknownFields === true;
  if (preserves && hasDefaults(written.versions))
    invalid(check, field(SPEC, 'preserveUnknownFields'), true, 'must be false in order to use defaults in the schema');
  const isAnyStatus = hasStatus(spec.subresources) || versions.some(({ subresources }) => hasStatus(subresources));
  for (const [index, version] of versions.entries()) {
    const at = versionAt(index);
    const wrong = dns1035Errors(text(version.name));
    if (wrong.length > 0) invalid(check, field(at, 'name'), text(version.name), wrong.join(','));
    checkVersion(check, version, hasStatus(version.subresources ?? spec.subresources), at);
  }
  checkVersions(check, versions);
  const wrong = dns1035Errors(text(spec.version));
  if (text(spec.version) !== '' && wrong.length > 0)
    invalid(check, field(SPEC, 'version'), text(spec.version), wrong.join(','));
  const names = record(spec.names);
  for (const name of ['plural', 'singular', 'kind', 'listKind'])
    if (text(names[name]) === '') required(check, fieldAt(SPEC, 'names', name));
  checkNames(check, names, field(SPEC, 'names'));
  checkValidation(check, spec.validation, isAnyStatus, field(SPEC, 'validation'));
  checkScale(check, spec.subresources, field(SPEC, 'subresources'));
  for (const [index, column] of list(spec.additionalPrinterColumns).entries())
    checkColumn(check, record(column), item(field(SPEC, 'additionalPrinterColumns'), index));
  const conversion = record(spec.conversion);
  if (preserves && conversion.strategy !== 'None')
    invalid(
      check,
      fieldAt(SPEC, 'conversion', 'strategy'),
      text(conversion.strategy),
      'must be None if spec.preserveUnknownFields is true',
    );
  checkConversion(check, conversion, field(SPEC, 'conversion'));
}

function hasDefaults(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasDefaults);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, each]) => (key === 'default' && each !== null) || hasDefaults(each));
}

function checkVersion(check: Check, version: JsonObject, isStatus: boolean, at: Place): void {
  const { deprecated, deprecationWarning: warning } = version;
  const place = field(at, 'deprecationWarning');
  if (deprecated !== true && warning !== undefined)
    invalid(check, place, warning, 'can only be set for deprecated versions');
  else if (warning !== undefined) {
    if (text(warning).length > 256) invalid(check, place, warning, 'must be <= 256 characters long');
    if (text(warning) === '') invalid(check, place, warning, 'must not be an empty string');
  }
  checkValidation(check, version.schema, isStatus, field(at, 'schema'));
  checkScale(check, version.subresources, field(at, 'subresources'));
  for (const [index, column] of list(version.additionalPrinterColumns).entries())
    checkColumn(check, record(column), item(field(at, 'additionalPrinterColumns'), index));
}

function checkVersions(check: Check, versions: readonly JsonObject[]): void {
  const at = field(SPEC, 'versions');
  const names = versions.map(({ name }) => text(name));
  const printed = {
    go: '[]apiextensions.CustomResourceDefinitionVersion{...}',
    json: goJson(versions.map(printedVersion)),
  };
  const go =
    versions.length === 0
      ? { ...printed, go: '[]apiextensions.CustomResourceDefinitionVersion(nil)', json: 'null' }
      : printed;
  if (new Set(names).size < names.length) invalid(check, at, go, 'must contain unique version names');
  if (versions.filter(({ storage }) => storage === true).length !== 1)
    invalid(check, at, go, 'must have exactly one version marked as storage version');
}

function printedVersion(version: JsonObject): JsonObject {
  return {
    Name: version.name ?? '',
    Served: version.served ?? false,
    Storage: version.storage ?? false,
    Deprecated: version.deprecated ?? false,
    DeprecationWarning: version.deprecationWarning ?? null,
    Schema: version.schema ?? null,
    Subresources: version.subresources ?? null,
    AdditionalPrinterColumns: version.additionalPrinterColumns ?? null,
    SelectableFields: version.selectableFields ?? null,
  };
}

const MIXED = 'may have mixed case, but should otherwise match: ';

function checkNames(check: Check, names: JsonObject, at: Place): void {
  for (const name of ['plural', 'singular', 'kind', 'listKind']) {
    const written = text(names[name]);
    const isKind = name.toLowerCase().endsWith('kind');
    const wrong = dns1035Errors(isKind ? written.toLowerCase() : written);
    if (written !== '' && wrong.length > 0)
      invalid(check, field(at, name), written, `${isKind ? MIXED : ''}${wrong.join(',')}`);
  }
  const each = (name: string): void => {
    for (const [index, one] of texts(names[name]).entries()) {
      const wrong = dns1035Errors(one);
      if (wrong.length > 0) invalid(check, item(field(at, name), index), one, wrong.join(','));
    }
  };
  each('shortNames');
  if (text(names.kind) !== '' && names.kind === names.listKind)
    invalid(check, field(at, 'listKind'), names.listKind, 'kind and listKind may not be the same');
  each('categories');
}
