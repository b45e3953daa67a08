import { NEWEST_MINOR } from '../../model/versions.ts';
import { typedValue } from '../../model/object-value.ts';
import { parseStruct } from '../../model/types/packed-types.ts';
import { decodeAs } from '../../model/types/strict-decode.ts';
import { notRegistered, typeMetaOf } from '../../model/type-meta.ts';
import type { Struct, StructReference } from '../../model/types/type.ts';
import type { SourceDocument } from '../../text/source.ts';
import { completeConfiguration, type ConfigurationResult, type PodSecurityConfiguration } from './configuration.ts';

const GROUP = 'pod-security.admission.config.k8s.io';
const KIND = 'PodSecurityConfiguration';
/** Its versions and the minors that brought them. */
const VERSIONS = new Map([
  ['v1', 25],
  ['v1beta1', 23],
  ['v1alpha1', 22],
]);

/** Its Go types, packed as packed-types.ts says; those of all versions are equal. */
const STRUCTS: Readonly<Record<string, string>> = {
  [KIND]: '=TypeMeta kind:s? apiVersion:s? = defaults:#PodSecurityDefaults exemptions:#PodSecurityExemptions',
  PodSecurityDefaults: 'enforce:s? enforce-version:s? audit:s? audit-version:s? warn:s? warn-version:s?',
  PodSecurityExemptions: 'usernames:[s? namespaces:[s? runtimeClasses:[s?',
};

/**
 * Reads a PodSecurityConfiguration as strictly as the server does, which does not start with one that has a field it does not know; `minor` is the server's. The
 * configuration may stand by itself or in an AdmissionConfiguration: `document` is its own text. Mirrors admission/api/load, v0.37.
 */
export function readConfiguration(document: SourceDocument, minor: number): ConfigurationResult {
  const { root, format, file, span } = document;
  const duplicate = document.problems.find(({ rule }) => rule === 'duplicate-key');
  if (root === undefined) return { error: document.problems[0]?.message ?? 'no document' };
  const sorted = format === 'yaml';
  const meta = typeMetaOf(root, sorted);
  if ('error' in meta) return meta;
  if (meta.kind === '' || meta.version === '') {
    const missing = meta.kind === '' ? 'Kind' : 'apiVersion';
    return { error: `Object '${missing}' is missing in '${file.text.slice(span.start, span.end)}'` };
  }
  const isServed = (VERSIONS.get(meta.version) ?? Infinity) <= minor;
  if (meta.group !== GROUP || meta.kind !== KIND || !isServed) return { error: notRegistered(meta) };
  const type = reference(`config.${meta.version}.${KIND}`);
  const { decodeError, strictErrors } = decodeAs(root, type, { minor: NEWEST_MINOR, duplicates: !sorted, sorted });
  if (decodeError !== undefined) return { error: decodeError };
  const strict = duplicate === undefined ? strictErrors : [duplicate.message, ...strictErrors];
  if (strict.length > 0) return { error: `strict decoding error: ${strict.join(', ')}` };
  return completeConfiguration((typedValue(root, type, NEWEST_MINOR) ?? {}) as PodSecurityConfiguration);
}

function reference(name: string): StructReference {
  return { kind: 'struct', name, resolve: () => struct(name) };
}

function struct(name: string): Struct {
  return parseStruct(`${name}\t${STRUCTS[name.slice(name.lastIndexOf('.') + 1)] ?? ''}`, struct);
}
