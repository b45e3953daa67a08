import type { Span } from '../../../text/tree.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { MergeEffect } from '../failure/side-effect.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import { scalarNode, setField } from '../node/edit.ts';
import { demandKind, field, isNullOrMissing, keyIndex, pairs, textOf } from '../node/fields.ts';
import { commentSchema } from './comment-schema.ts';
import { directiveOf } from './directive.ts';
import { mergeKeyedList } from './keyed-list.ts';
import { replacedEntries } from './replaced-entries.ts';
import type { Schema, Schemas } from './schema.ts';

/** What a merge is told besides its documents. */
export interface Merging {
  readonly schemas: Schemas;
  /** Takes what the merge does that hardly anyone means. */
  readonly note: (effect: MergeEffect) => void;
}

interface Context extends Merging {
  /** Whether the kind of the object has a schema; without one every list is replaced. */
  readonly isKnown: boolean;
  /** The patch as a whole. */
  readonly patch: Span;
}

/**
 * Merges a strategic merge patch into an object, as the real tool does: undefined if the patch deletes it. Both are changed: what is left of the
 * patch is part of the result (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, yaml/walk and yaml/merge2).
 */
export function strategicMerge(target: YamlNode, patch: YamlNode, merging: Merging): YamlNode | undefined {
  const isKnown = schemaOf(target, patch, undefined, merging.schemas) !== undefined;
  const { start, end } = patch;
  return mergeNodes(
    target,
    patch,
    { parentSchema: undefined, name: '' },
    { ...merging, isKnown, patch: { start, end } },
  )?.node;
}

/** A merged value; `keep` for a null that stays though it is one. */
interface Merged {
  readonly node: YamlNode;
  readonly keep: boolean;
}

/** The field that is merged. */
interface Where {
  readonly parentSchema: Schema | undefined;
  readonly name: string;
}

/** Merges two values of one field, either of which may be missing. */
function mergeNodes(
  target: YamlNode | undefined,
  patch: YamlNode | undefined,
  { parentSchema, name }: Where,
  context: Context,
): Merged | undefined {
  const schema = schemaOf(target, patch, parentSchema, context.schemas);
  const kind = isNullOrMissing(target) ? (isNullOrMissing(patch) ? 'map' : patch.kind) : target.kind;
  demandKind(target, kind);
  demandKind(patch, kind);
  const isMerged = kind === 'map' || (kind === 'list' && schema?.mergeKeys !== undefined);
  if (isMerged && isEmpty(patch) && !isNullOrMissing(target) && target.content.length > 0)
    context.note({ is: 'empty-without-effect', start: patch.start, end: patch.end, lost: [target], names: [name] });
  if (kind === 'map') return mergeMaps(target, patch, schema, context);
  copyComments(target, patch);
  if (kind === 'list' && schema?.mergeKeys !== undefined)
    return kept(mergeLists(target, patch, { schema, name }, context));
  if (kind === 'list' && !context.isKnown && target !== undefined && patch !== undefined) {
    const replaced = replacedEntries(name, target, patch);
    if (replaced !== undefined) context.note(replaced);
  }
  return kept(patch ?? target);
}

function isEmpty(node: YamlNode | undefined): node is YamlNode {
  return node !== undefined && node.kind !== 'scalar' && node.content.length === 0;
}

function kept(node: YamlNode | undefined): Merged | undefined {
  return node === undefined ? undefined : { node, keep: false };
}

/** The schema: one that a comment says, the parent's, or that of the kind the value names. */
function schemaOf(
  target: YamlNode | undefined,
  patch: YamlNode | undefined,
  parentSchema: Schema | undefined,
  schemas: Schemas,
): Schema | undefined {
  const present = [target, patch].filter((node) => !isNullOrMissing(node));
  for (const node of present) {
    const comment = commentSchema(node, schemas);
    if (comment !== undefined) return comment.schema;
  }
  if (parentSchema !== undefined) return parentSchema;
  for (const node of present) {
    const [kind, apiVersion] = [textOf(field(node, 'kind')), textOf(field(node, 'apiVersion'))];
    const schema = kind === '' || apiVersion === '' ? undefined : schemas.ofKind(apiVersion, kind);
    if (schema !== undefined) return schema;
  }
  return undefined;
}

function mergeMaps(
  target: YamlNode | undefined,
  patch: YamlNode | undefined,
  schema: Schema | undefined,
  context: Context,
): Merged | undefined {
  copyComments(target, patch);
  const chosen = chooseMap(target, patch);
  if (chosen === undefined || chosen.keep || chosen.node.kind !== 'map') return chosen;
  const map = chosen.node;
  const names = new Set<string>();
  for (const source of [map, patch]) for (const [key] of pairs(source)) names.add(key.value);
  for (const name of [...names].sort(compareBytes)) {
    const [mine, theirs] = [entryOf(map, name), entryOf(patch, name)];
    const said = entrySchema(mine, context.schemas) ?? entrySchema(theirs, context.schemas);
    const where = { parentSchema: said ?? schema?.field(name), name };
    const merged = mergeNodes(mine?.[1], theirs?.[1], where, context);
    setField(map, name, merged?.node, theirs?.[0] ?? mine?.[0], merged?.keep);
  }
  return chosen;
}

type MapEntry = readonly [key: YamlNode, value: YamlNode];

function entryOf(map: YamlNode | undefined, name: string): MapEntry | undefined {
  if (map?.kind !== 'map') return undefined;
  const index = keyIndex(map, name);
  const [key, value] = index < 0 ? [] : [map.content[index], map.content[index + 1]];
  return key === undefined || value === undefined ? undefined : [key, value];
}

function entrySchema(entry: MapEntry | undefined, schemas: Schemas): Schema | undefined {
  return entry === undefined
    ? undefined
    : (commentSchema(entry[1], schemas) ?? commentSchema(entry[0], schemas))?.schema;
}

/** The map that the rest is merged into; undefined to remove it. Mirrors merge2's VisitMap. */
function chooseMap(target: YamlNode | undefined, patch: YamlNode | undefined): Merged | undefined {
  if (target === undefined || target.tag === '!!null') {
    if (patch?.kind === 'map' && directiveOf(patch) === 'delete') return undefined;
    if (patch === undefined && target !== undefined && target.value !== '') {
      const node = scalarNode(target.value, '!!null', target);
      return { node, keep: true };
    }
    return kept(patch);
  }
  if (patch === undefined) return kept(target);
  if (patch.tag === '!!null') return undefined;
  const directive = directiveOf(patch);
  if (directive === 'delete') return undefined;
  return kept(directive === 'replace' ? patch : target);
}

/** Mirrors merge2's VisitList for a list whose items are told apart. */
function mergeLists(
  target: YamlNode | undefined,
  patch: YamlNode | undefined,
  { schema, name }: { readonly schema: Schema; readonly name: string },
  context: Context,
): YamlNode | undefined {
  let list = target;
  if (isNullOrMissing(target)) list = patch;
  else if (patch !== undefined) {
    if (patch.tag === '!!null') return undefined;
    const directive = directiveOf(patch);
    if (directive === 'delete') return undefined;
    if (directive === 'replace') list = patch;
  }
  if (list === undefined) return undefined;
  return mergeKeyedList(list, patch, schema, {
    item: (mine, theirs, parentSchema) => mergeNodes(mine, theirs, { parentSchema, name }, context)?.node,
    patch: context.patch,
    note: (effect) => {
      context.note({ ...effect, names: [name, ...effect.names] });
    },
  });
}

/** The comments of the patch are the result's, since they may say how later patches merge. */
function copyComments(target: YamlNode | undefined, patch: YamlNode | undefined): void {
  if (target === undefined || patch === undefined) return;
  if (patch.headComment !== '') target.headComment = patch.headComment;
  if (patch.lineComment !== '') target.lineComment = patch.lineComment;
}
