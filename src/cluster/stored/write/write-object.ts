import { goQuote } from '../../../lang/go-quote.ts';
import { deprecationWarning } from '../../../model/api-version-problem.ts';
import { apiStatus } from '../../../model/api-versions.ts';
import { apiResources } from '../../../model/discovery.ts';
import { isObject, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { structReference } from '../../../model/types/schemas.ts';
import { decodeAs } from '../../../model/types/strict-decode.ts';
import { parseApiVersion } from '../../../model/type-meta.ts';
import type { Tree } from '../../../text/tree.ts';
import { withoutFields } from '../../index/without-fields.ts';
import type { Check } from '../../validation/check/check.ts';
import { metadataOf } from '../object-metadata.ts';
import { decodedObject, encodedObject } from '../object-kinds/server-object.ts';
import { invalidAnswer } from './invalid-answer.ts';
import { throughStorage } from './storage-form.ts';
import { writeWarnings } from './write-warnings.ts';
import {
  type WriteServer,
  type Existing,
  type Target,
  create,
  update,
  type WriteCause,
  type WriteRefusal,
} from './write-steps.ts';

/** From here on the server warns of unknown fields unless it is told otherwise. */
const FIRST_FIELD_WARNINGS = 25;

/** An object that is sent to the API server. */
export interface WriteRequest {
  readonly root: Tree;
  /** The same as a value. */
  readonly value: JsonObject;
  /** The namespace of the URL; of the object where there is none. */
  readonly namespace?: string;
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** Whether there is an object of the kind by that namespace and name already. */
  readonly exists?: (namespace: string, name: string) => boolean;
  /** What refuses the object before it is looked at: who may grant what is a matter of other objects. */
  readonly refuses?: (object: JsonObject, namespace: string, old?: JsonObject) => WriteRefusal | undefined;
}

/** The server's answer: the object as it is stored, or why it is refused. */
export interface WriteAnswer {
  readonly accepted: boolean;
  /** 0 for what is accepted. */
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly WriteCause[];
  readonly warnings: readonly string[];
  /** As a client sees it, without what differs each time. */
  readonly stored: JsonObject | undefined;
  /** As the server holds it. */
  readonly internal: JsonObject | undefined;
  /** Whether it is kubectl that says no. */
  readonly client: boolean;
}

const REFUSED = { accepted: false, causes: [], stored: undefined, internal: undefined, client: false };

/**
 * What the API server answers to a creation, or to an update of what is there. Mirrors apiserver's endpoints/handlers/create.go and update.go
 * with rest.BeforeCreate and BeforeUpdate, v1.24 and v1.37; admission is only what gives pods their account.
 */
export function writeObject(request: WriteRequest, server: WriteServer, old?: Existing): WriteAnswer {
  const apiVersion = text(request.value.apiVersion);
  const kind = text(request.value.kind);
  const status = apiStatus(apiVersion, kind, server.minor);
  const group = parseApiVersion(apiVersion)?.group ?? '';
  const resource = apiResources(server).find(
    (each) => each.kind === kind && `${each.group === '' ? '' : `${each.group}/`}${each.version}` === apiVersion,
  );
  if (status.status !== 'served' || resource === undefined) {
    const message = `no matches for kind ${goQuote(kind)} in version ${goQuote(apiVersion)}`;
    return { ...REFUSED, status: 404, reason: '', message, warnings: [], client: true };
  }
  const warnings = status.deprecated ? [deprecationWarning(status.facts)] : [];
  const options = { minor: server.minor, duplicates: true, sorted: false };
  const { strictErrors, decodeError } = decodeAs(request.root, structReference(status.facts.struct), options);
  const asked = server.minor >= FIRST_FIELD_WARNINGS ? (request.fieldValidation ?? 'Warn') : 'Ignore';
  const unfit =
    decodeError ??
    (kind === 'CustomResourceDefinition' ? schemaFault(request.value.spec) : undefined) ??
    (asked === 'Strict' && strictErrors.length > 0 ? `strict decoding error: ${strictErrors.join(', ')}` : undefined);
  if (unfit !== undefined) {
    const message = `${kind} in version ${goQuote(resource.version)} cannot be handled as a ${kind}: ${unfit}`;
    return { ...REFUSED, status: 400, reason: 'BadRequest', message, warnings };
  }
  if (asked === 'Warn') warnings.push(...strictErrors);
  const object = decodedObject(request.value, group, server);
  const metadata = metadataOf(object);
  const refused = (code: number, reason: string, message: string): WriteAnswer => ({
    ...REFUSED,
    status: code,
    reason,
    message,
    warnings: [...new Set(warnings)],
  });
  if (resource.namespaced) {
    const namespace = request.namespace ?? (text(metadata.namespace) || 'default');
    // Such a namespace makes another path of the URL.
    if (namespace.includes('/')) return refused(404, '', '404: Page Not Found');
    if (text(metadata.namespace) === '') metadata.namespace = namespace;
    else if (metadata.namespace !== namespace) return refused(400, 'BadRequest', OTHER_NAMESPACE);
  } else Reflect.deleteProperty(metadata, 'namespace');
  const target: Target = { group, kind, resource: resource.resource, apiVersion, namespaced: resource.namespaced };
  const check: Check = { minor: server.minor, allowPrivileged: server.allowPrivileged, errors: [], late: [] };
  const before = (): WriteRefusal | undefined => request.refuses?.(object, text(metadata.namespace), old?.internal);
  const outcome =
    old === undefined
      ? create(object, target, check, server, before)
      : update(object, old, target, check, server, before);
  if ('message' in outcome)
    return { ...refused(outcome.code, outcome.reason, outcome.message), causes: outcome.causes ?? [] };
  const { internal } = outcome;
  const named = { kind, group, name: text(metadataOf(internal).name) };
  const invalid = invalidAnswer(named, [...check.errors, ...check.late], server.minor);
  if (invalid !== undefined) return { ...refused(422, 'Invalid', invalid.message), causes: invalid.causes };
  warnings.push(...writeWarnings(internal, server.minor));
  if (
    old === undefined &&
    text(metadata.name) !== '' &&
    request.exists?.(text(metadataOf(internal).namespace), text(metadataOf(internal).name)) === true
  ) {
    const named = `${target.resource}${group === '' ? '' : `.${group}`} ${goQuote(text(metadataOf(internal).name))}`;
    return refused(409, 'AlreadyExists', `${named} already exists`);
  }
  if (old === undefined && /^[1-9]\d*$/.test(text(metadata.resourceVersion))) {
    return refused(500, '', 'resourceVersion should not be set on objects to be created');
  }
  const kept = throughStorage(internal, group, server);
  return {
    accepted: true,
    status: 0,
    reason: '',
    message: '',
    causes: [],
    warnings: [...new Set(warnings)],
    stored: shown(kept, server.minor),
    internal: kept,
    client: false,
  };
}

/** Types of schemas that decode themselves. */
function schemaFault(value: Json | undefined): string | undefined {
  if (Array.isArray(value)) return value.map(schemaFault).find((fault) => fault !== undefined);
  if (!isObject(value)) return undefined;
  for (const name of ['additionalProperties', 'additionalItems']) {
    const written = value[name];
    if (typeof written === 'string' || typeof written === 'number' || Array.isArray(written))
      return 'boolean or JSON schema expected';
  }
  return Object.values(value)
    .map(schemaFault)
    .find((fault) => fault !== undefined);
}

const OTHER_NAMESPACE = 'the namespace of the provided object does not match the namespace sent on the request';

const CHANGING = ['uid', 'creationTimestamp', 'resourceVersion', 'managedFields'];

function shown(internal: JsonObject, minor: number): JsonObject {
  const stored = encodedObject(internal, minor);
  if (isObject(stored.metadata)) for (const name of CHANGING) Reflect.deleteProperty(stored.metadata, name);
  // Before controllers have seen it the status of a definition names nothing.
  if (stored.kind === 'CustomResourceDefinition')
    stored.status = {
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      ...withoutFields(record(stored.status), ['acceptedNames', 'conditions']),
    };
  return stored;
}
