import { list, record, text, texts } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { type Check, invalid, required } from '../check/check.ts';
import { checkImmutable } from '../check/immutable.ts';
import { checkMetadata, checkMetadataUpdate, metadataIn } from '../check/metadata.ts';
import { entry, field, fieldAt, item } from '../check/place.ts';
import { dnsSubdomainErrors } from '../name-formats.ts';
import type { KindCheck } from '../kinds/kind-check.ts';
import { checkSpec } from './definition-spec.ts';

/*
 * CustomResourceDefinitions. Mirrors apiextensions-apiserver's pkg/apis/apiextensions/validation, v0.24 and v0.37. Rules in CEL are not looked at.
 */

const SPEC = field(undefined, 'spec');

const STATUS = field(undefined, 'status');

const FIRST_STORED_WORDS = 26;

function checkStored(check: Check, object: JsonObject): void {
  const at = field(STATUS, 'storedVersions');
  const stored = texts(record(object.status).storedVersions);
  if (stored.length === 0) {
    invalid(check, at, { go: '[]string(nil)', json: 'null' }, 'must have at least one stored version');
    return;
  }
  const versions = list(record(object.spec).versions).map(record);
  for (const { name, storage } of versions)
    if (storage === true && !stored.includes(text(name)))
      invalid(check, at, [...stored], `must have the storage version ${text(name)}`);
  for (const [index, version] of stored.entries()) {
    if (versions.some(({ name }) => text(name) === version)) continue;
    const words =
      check.minor < FIRST_STORED_WORDS
        ? 'must appear in spec.versions'
        : `missing from spec.versions; ${version} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${version} and removes ${version} from status.storedVersions`;
    invalid(check, item(at, index), version, words);
  }
}

const APPROVAL = 'api-approved.kubernetes.io';

const PAGE = 'https://github.com/kubernetes/enhancements/pull/1111';

function checkApproval(check: Check, object: JsonObject): void {
  const group = text(record(object.spec).group);
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return;
  const at = entry(fieldAt(undefined, 'metadata', 'annotations'), APPROVAL);
  const value = text(record(metadataIn(object).annotations)[APPROVAL]);
  const words = `protected groups must have approval annotation "${APPROVAL}"`;
  if (value === '') required(check, at, `${words}, see ${PAGE}`);
  else if (!value.startsWith('unapproved') && !/^[a-z][a-z0-9+.-]*:\/\/[^/]+/.test(value))
    invalid(check, at, value, `${words} with either a URL or a reason starting with "unapproved", see ${PAGE}`);
}

function checkRest(check: Check, object: JsonObject): void {
  checkStored(check, object);
  checkApproval(check, object);
  if (record(object.spec).preserveUnknownFields === true) {
    const detail = 'cannot set to true, set x-preserve-unknown-fields to true in spec.versions[*].schema instead';
    invalid(check, field(SPEC, 'preserveUnknownFields'), true, detail);
  }
}

export const definitionCheck: KindCheck = {
  create: (check, object) => {
    const { names, group } = record(object.spec);
    const wanted = `${text(record(names).plural)}.${text(group)}`;
    checkMetadata(check, metadataIn(object), {
      namespaced: false,
      finalizers: false,
      name: (name) => [
        ...dnsSubdomainErrors(name),
        ...(name === wanted ? [] : ['must be spec.names.plural+"."+spec.group']),
      ],
    });
    checkSpec(check, record(object.spec));
    checkRest(check, object);
  },
  update: (check, object, old) => {
    checkMetadataUpdate(check, metadataIn(object), metadataIn(old));
    const [spec, before] = [record(object.spec), record(old.spec)];
    checkSpec(check, spec);
    checkImmutable(check, text(spec.group), text(before.group), field(SPEC, 'group'));
    checkImmutable(
      check,
      text(record(spec.names).plural),
      text(record(before.names).plural),
      fieldAt(SPEC, 'names', 'plural'),
    );
    checkRest(check, object);
  },
};
