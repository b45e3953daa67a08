import { loadCluster } from '../../src/cluster/load/load-cluster.ts';
import { escalation } from '../../src/engines/rbac/escalation.ts';
import { authenticatedGroups } from '../../src/engines/rbac/membership.ts';
import { caseObjects } from './case-objects.ts';
import { isObject, record, text } from '../../src/model/json.ts';
import type { JsonObject } from '../../src/model/object.ts';
import { writeObject, type WriteAnswer, type WriteRequest } from '../../src/cluster/stored/write/write-object.ts';
import { readJson } from '../../src/text/json/read-json.ts';
import { readBodies } from '../../src/text/read.ts';
import type { Tree } from '../../src/text/tree.ts';

interface Case {
  readonly id: string;
  readonly version: string;
  readonly object?: JsonObject;
  readonly text?: string;
  readonly oldObject?: JsonObject;
  readonly noResourceVersion?: boolean;
  readonly namespace?: string;
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  readonly allowPrivileged?: boolean;
  /** Who asks; a cluster administrator where it is not said. */
  readonly user?: { readonly name: string; readonly groups?: readonly string[] };
  /** What is there already. */
  readonly objects?: readonly JsonObject[];
}

/** The verdict on one case of the validity oracle. */
export function answer(input: Case): object {
  const { id, version, namespace, fieldValidation, allowPrivileged = true } = input;
  const minor = Number(version.split('.')[1]);
  const server = { minor, procMountType: minor >= 33, allowPrivileged };
  const around = {
    ...(namespace !== undefined && { namespace }),
    ...(fieldValidation !== undefined && { fieldValidation }),
  };
  const there = (input.objects ?? []).map((each) => ({
    kind: each.kind,
    answer: writeObject(requestOf(each), server),
  }));
  const exists = (namespace: string, name: string): boolean =>
    there.some(({ kind, answer: { internal } }) => {
      const metadata = record(internal?.metadata);
      return kind === request.value.kind && metadata.name === name && (metadata.namespace ?? '') === namespace;
    });
  const refuses = refusesOf(input);
  const request: WriteRequest = {
    ...requestOf(input.object, input.text),
    ...around,
    exists,
    ...(refuses !== undefined && { refuses }),
  };
  if (input.oldObject === undefined) return verdict(id, writeObject(request, server));
  const first = { ...requestOf(input.oldObject), ...(namespace !== undefined && { namespace }) };
  const old = writeObject(first, server);
  if (old.internal === undefined) return { id, error: `oldObject: ${old.message}` };
  const ofOld = text(record(old.internal.metadata).namespace);
  const changed = namespace === undefined && ofOld !== '' ? { ...request, namespace: ofOld } : request;
  return verdict(
    id,
    writeObject(changed, server, { internal: old.internal, hasResourceVersion: input.noResourceVersion !== true }),
  );
}

/** Who may grant what, where it is not an administrator that asks. */
function refusesOf({ user, objects = [], oldObject, version }: Case): WriteRequest['refuses'] {
  if (user === undefined) return undefined;
  const groups = user.groups ?? authenticatedGroups(user.name);
  const settings = { kubernetesVersion: version, bootstrapRBAC: false };
  const cluster = loadCluster(caseObjects([...objects, ...(oldObject === undefined ? [] : [oldObject])]), { settings });
  return (object, namespace, old) =>
    escalation(cluster, { user: { name: user.name, groups }, object, namespace, ...(old !== undefined && { old }) });
}

function verdict(
  id: string,
  { accepted, status, reason, message, causes, warnings, stored, client }: WriteAnswer,
): object {
  return {
    id,
    accepted,
    ...(!accepted && { status, reason, message }),
    causes: causes.map(({ type, field, detail }) => ({ type, field, detail })),
    warnings,
    ...(stored !== undefined && { stored }),
    ...(client && { client }),
  };
}

function requestOf(object?: JsonObject, text?: string): WriteRequest {
  const root =
    text === undefined ? treeOf(JSON.stringify(object ?? null)) : readBodies({ path: '', text }).bodies[0]?.yaml.root;
  if (root === undefined) throw new Error('unreadable case');
  const value = object ?? plain(root);
  return { root, value: isObject(value) ? value : {} };
}

function treeOf(text: string): Tree | undefined {
  return readJson(text, 0, text.length, 'body').root;
}

function plain(root: Tree): JsonObject {
  const value: unknown = JSON.parse(JSON.stringify(valueOf(root)));
  return value as JsonObject;
}

function valueOf(node: Tree): unknown {
  if (node.type === 'map') return Object.fromEntries(node.entries.map(({ key, value }) => [key, valueOf(value)]));
  if (node.type === 'list') return node.items.map(valueOf);
  if (node.type === 'null') return null;
  if (node.type === 'number') return Number(node.literal);
  return node.value;
}
