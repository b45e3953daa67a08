import type { ObjectMeta, OwnerReference } from '../../model/kinds/metadata.ts';
import type { FieldPath } from '../../text/tree.ts';
import { type FieldError, forbiddenField, invalidField, requiredField } from '../index/field-error.ts';
import { dnsLabelErrors, labelValueErrors, qualifiedNameErrors } from './name-formats.ts';

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/**
 * What the API's validation finds wrong with an object's metadata on creation, after the namespace was filled in or cleared.
 * `nameErrors` is the format of the kind's names. Mirrors ValidateObjectMeta of apimachinery pkg/api/validation and of pkg/apis/core/validation, v1.24; generation and
 * managed fields, which only servers write, are not looked at.
 */
export function metadataErrors(
  metadata: ObjectMeta,
  namespaced: boolean,
  nameErrors: (name: string) => readonly string[],
): FieldError[] {
  const errors: FieldError[] = [];
  const { name = '', generateName = '', namespace = '' } = metadata;
  const check = (field: string, value: string, messages: readonly string[]): void => {
    for (const message of messages) errors.push(invalidField(['metadata', field], value, message));
  };
  if (generateName !== '') check('generateName', generateName, nameErrors(generateName));
  if (name === '') errors.push(requiredField(['metadata', 'name'], 'name or generateName is required'));
  else check('name', name, nameErrors(name));
  if (namespaced && namespace === '') errors.push(requiredField(['metadata', 'namespace'], ''));
  else if (namespaced) check('namespace', namespace, dnsLabelErrors(namespace));
  else if (namespace !== '') errors.push(forbiddenField(['metadata', 'namespace'], 'not allowed on this type'));
  errors.push(...labelsErrors(metadata.labels ?? {}, ['metadata', 'labels']));
  for (const key of Object.keys(metadata.annotations ?? {})) {
    check('annotations', key, qualifiedNameErrors(key.toLowerCase()));
  }
  errors.push(...ownerErrors(metadata.ownerReferences ?? []));
  errors.push(...finalizersErrors(metadata.finalizers ?? []));
  return errors;
}

function finalizersErrors(finalizers: readonly string[]): FieldError[] {
  const path: FieldPath = ['metadata', 'finalizers'];
  const errors = finalizers.flatMap((name) =>
    qualifiedNameErrors(name).map((error) => invalidField(path, name, error)),
  );
  if (finalizers.includes('foregroundDeletion') && finalizers.includes('orphan')) {
    errors.push(invalidField(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
  for (const [index, name] of finalizers.entries()) {
    if (name.includes('/') || STANDARD_FINALIZERS.includes(name)) continue;
    const detail = 'name is neither a standard finalizer name nor is it fully qualified';
    errors.push(invalidField([...path, index], name, detail));
  }
  return errors;
}

/** What is wrong with a set of labels: bad keys and bad values, all reported at the set itself. */
function labelsErrors(labels: Readonly<Record<string, string>>, path: FieldPath): FieldError[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...qualifiedNameErrors(key).map((message) => invalidField(path, key, message)),
    ...labelValueErrors(value).map((message) => invalidField(path, value, message)),
  ]);
}

function ownerErrors(owners: readonly OwnerReference[]): FieldError[] {
  const path: FieldPath = ['metadata', 'ownerReferences'];
  return owners.flatMap((owner) => {
    // An apiVersion of `group/` or nothing has no version; one with two slashes is not one at all.
    const version = (owner.apiVersion ?? '').split('/');
    const fields = [
      ['apiVersion', owner.apiVersion ?? '', version.length < 3 && version.at(-1) !== '', 'version must not be empty'],
      ['kind', owner.kind ?? '', owner.kind, 'kind must not be empty'],
      ['name', owner.name ?? '', owner.name, 'name must not be empty'],
      ['uid', owner.uid ?? '', owner.uid, 'uid must not be empty'],
    ] as const;
    return fields
      .filter(([, , fits]) => fits === undefined || fits === '' || fits === false)
      .map(([field, value, , message]) => invalidField([...path, field], value, message));
  });
}
