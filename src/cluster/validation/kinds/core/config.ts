import { decodeBase64, decodedLength } from '../../../../lang/base64.ts';
import { isObject, record, text, textFields, texts } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, forbidden, invalid, required, tooLong } from '../../check/check.ts';
import { configKeyErrors } from '../../check/formats.ts';
import { byteLength, metadataIn } from '../../check/metadata.ts';
import { entry, field, type Place } from '../../check/place.ts';
import { dnsLabelErrors, qualifiedNameErrors } from '../../name-formats.ts';
import { checkImmutable, isSame } from '../../check/immutable.ts';
import { kindCheck } from '../kind-check.ts';

/*
 * Small kinds of the core group. Mirrors pkg/apis/core/validation, v1.24 and v1.37.
 */

const MOST_DATA_BYTES = 1024 * 1024;

const METADATA = field(undefined, 'metadata');

const SPEC = field(undefined, 'spec');

export const namespaceCheck = kindCheck(false, {
  wholeUntil: Infinity,
  name: dnsLabelErrors,
  rest: (check, object) => {
    for (const name of texts(record(object.spec).finalizers)) {
      const at = field(SPEC, 'finalizers');
      for (const message of qualifiedNameErrors(name, check.minor)) invalid(check, at, name, message);
      if (!name.includes('/') && !['kubernetes', 'orphan', 'foregroundDeletion'].includes(name))
        invalid(check, at, name, 'name is neither a standard finalizer name nor is it fully qualified');
    }
  },
  again: 'nothing',
});

export const serviceAccountCheck = kindCheck(true, { again: 'all' });

export const configMapCheck = kindCheck(true, {
  again: 'all',
  rest: (check, { data, binaryData }) => {
    let size = 0;
    for (const [key, value] of textFields(data)) {
      const at = entry(field(undefined, 'data'), key);
      for (const message of configKeyErrors(key)) invalid(check, at, key, message);
      if (Object.hasOwn(record(binaryData), key)) invalid(check, at, key, 'duplicate of key present in binaryData');
      size += byteLength(value);
    }
    for (const [key, value] of textFields(binaryData)) {
      const at = entry(field(undefined, 'binaryData'), key);
      for (const message of configKeyErrors(key)) invalid(check, at, key, message);
      size += decodedLength(value);
    }
    if (size > MOST_DATA_BYTES) tooLong(check, entry(field(undefined, ''), ''), MOST_DATA_BYTES);
  },
  changeFirst: true,
  change: (check, object, old) => {
    checkFrozen(check, object, old, ['data', 'binaryData']);
  },
});

function checkFrozen(check: Check, object: JsonObject, old: JsonObject, names: readonly string[]): void {
  if (old.immutable !== true) return;
  const detail = 'field is immutable when `immutable` is set';
  if (object.immutable !== true) forbidden(check, field(undefined, 'immutable'), detail);
  for (const name of names) if (!isSame(object[name], old[name])) forbidden(check, field(undefined, name), detail);
}

const DATA = field(undefined, 'data');

const DOCKER: Readonly<Record<string, string>> = {
  'kubernetes.io/dockercfg': '.dockercfg',
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
};

const ACCOUNT = 'kubernetes.io/service-account.name';

export const secretCheck = kindCheck(true, {
  again: 'all',
  rest: (check, object) => {
    const data = new Map(textFields(object.data));
    let size = 0;
    for (const [key, value] of data) {
      for (const message of configKeyErrors(key)) invalid(check, entry(DATA, key), key, message);
      size += decodedLength(value);
    }
    if (size > MOST_DATA_BYTES) tooLong(check, DATA, MOST_DATA_BYTES);
    checkSecretType(check, text(object.type), data, object);
  },
  changeFirst: true,
  change: (check, object, old) => {
    checkImmutable(check, object.type, old.type, field(undefined, 'type'));
    checkFrozen(check, object, old, ['data']);
  },
});

function checkSecretType(check: Check, type: string, data: ReadonlyMap<string, string>, object: JsonObject): void {
  const docker = DOCKER[type];
  if (docker !== undefined) {
    const written = data.get(docker);
    if (written === undefined) required(check, entry(DATA, docker));
    else checkDocker(check, written, entry(DATA, docker));
  } else if (type === 'kubernetes.io/service-account-token') {
    if (text(record(metadataIn(object).annotations)[ACCOUNT]) === '')
      required(check, entry(field(METADATA, 'annotations'), ACCOUNT));
  } else if (type === 'kubernetes.io/basic-auth') {
    if (data.has('username') || data.has('password')) return;
    required(check, entry(DATA, 'username'));
    required(check, entry(DATA, 'password'));
  } else if (type === 'kubernetes.io/ssh-auth') {
    if ((data.get('ssh-privatekey') ?? '') === '') required(check, entry(DATA, 'ssh-privatekey'));
  } else if (type === 'kubernetes.io/tls') {
    for (const key of ['tls.crt', 'tls.key']) if (!data.has(key)) required(check, entry(DATA, key));
  }
}

function checkDocker(check: Check, written: string, at: Place): void {
  const decoded = decodeBase64(written);
  const bytes = 'bytes' in decoded ? decoded.bytes : [];
  const content = new TextDecoder().decode(new Uint8Array(bytes));
  const complain = (error: string): void => {
    invalid(check, at, '<secret contents redacted>', error);
  };
  try {
    const value = JSON.parse(content) as Json;
    if (value !== null && !isObject(value)) {
      const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
      complain(`json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`);
    }
  } catch {
    complain(goSyntaxError(content));
  }
}

/** Go's words for JSON that cannot be read, as far as the first value goes. */
function goSyntaxError(content: string): string {
  const trimmed = content.trimStart();
  if (trimmed === '') return 'unexpected end of JSON input';
  for (const word of ['null', 'true', 'false']) {
    const start = Array.from(word).findIndex((char, index) => trimmed.charAt(index) !== char);
    if (start > 0) {
      const char = trimmed.charAt(start);
      if (char === '') return 'unexpected end of JSON input';
      return `invalid character '${char}' in literal ${word} (expecting '${word.charAt(start)}')`;
    }
  }
  return `invalid character '${trimmed.charAt(0)}' looking for beginning of value`;
}
