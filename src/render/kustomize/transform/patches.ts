import { copyNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Span } from '../../../text/tree.ts';
import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import { copyMetadata } from '../generate/absorb.ts';
import type { MergeEffect, SideEffect } from '../failure/side-effect.ts';
import { strategicMerge } from '../merge/strategic-merge.ts';
import type { Schemas } from '../merge/schema.ts';
import { setMetadataTexts } from '../node/edit.ts';
import { metadataTexts } from '../node/fields.ts';
import { readNode } from '../../../text/yaml/nodes/read-node.ts';
import { throughJson } from '../node/normalize.ts';
import { printNode } from '../node/print.ts';
import { demandJson } from '../node/values.ts';
import {
  ALLOW_KIND_CHANGE,
  ALLOW_NAME_CHANGE,
  copyResource,
  currentId,
  enable,
  gvkOf,
  isEmptyResource,
  isEnabled,
  kindOf,
  nameOf,
  namespaceOf,
  NEEDS_HASH,
  newResource,
  originalId,
  setApiVersion,
  setKind,
  setName,
  setNamespace,
  storePreviousId,
  type Resource,
} from '../resource/resource.ts';
import { apiVersionOf, idKey } from '../resource/res-id.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { selectResources, type Selector } from '../resource/selector.ts';
import { applyJsonPatch, type JsonOperation } from './json-patch.ts';

/** What a patch may change besides values. */
export interface PatchOptions {
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

/** What patching is told besides the objects and the patches. */
export interface Patching {
  readonly schemas: Schemas;
  readonly note: (effect: SideEffect) => void;
}

/** Patches that were read, and what they are for. */
export interface StrategicPatches {
  readonly patches: readonly YamlNode[];
  readonly target: Selector | undefined;
  readonly options: PatchOptions;
  /** Of the entry. */
  readonly span: Span;
  /** Of its target. */
  readonly targetSpan: Span;
}

/** An entry of `patches` that holds strategic merge patches (mirrors kustomize api v0.21.2, PatchTransformer). */
export function patchStrategically(list: ResourceList, entry: StrategicPatches, patching: Patching): void {
  const patches = entry.patches.map((root) => {
    const patch = newResource(copyNode(root));
    if (entry.options.allowNameChange) enable(patch, ALLOW_NAME_CHANGE);
    if (entry.options.allowKindChange) enable(patch, ALLOW_KIND_CHANGE);
    return patch;
  });
  const { target } = entry;
  if (target === undefined) {
    for (const patch of patches) {
      const item = within(entry.span, 'no resource matches strategic merge patch: ', () =>
        list.byAnyId(originalId(patch)),
      );
      mergePatch(item, patch, patching);
    }
    return;
  }
  const [patch, second] = patches;
  if (patch === undefined)
    throw new KustomizeFailure('panic: runtime error: index out of range [0] with length 0', entry.span);
  if (second !== undefined) {
    throw new KustomizeFailure(
      'Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field',
      entry.span,
    );
  }
  const selected = selectResources(list.items, target);
  if (selected.length === 0) patching.note(withoutObject(target, entry.targetSpan));
  patchSelected(list, selected, patch, patching);
}

/** A patch of `patchesStrategicMerge` (mirrors PatchStrategicMergeTransformer). */
export function patchByName(list: ResourceList, root: YamlNode, span: Span, patching: Patching): void {
  within(span, '', () => {
    const patch = newResource(copyNode(root));
    patchSelected(list, [list.byAnyId(originalId(patch))], patch, patching);
  });
}

/** Mirrors resmap's ApplySmPatch: the selection is by id, and what a patch deletes goes. */
function patchSelected(list: ResourceList, selected: readonly Resource[], patch: Resource, patching: Patching): void {
  const exactKey = (item: Resource): string => `${idKey(currentId(item))} ${namespaceOf(item)}`;
  const wanted = new Set(selected.map(exactKey));
  for (const item of list.items) {
    if (!wanted.has(exactKey(item))) continue;
    const copy = copyResource(patch);
    copyMetadata(copy, patch);
    setKind(copy, gvkOf(item).kind, fieldOf(item.root, 'kind'));
    setApiVersion(copy, apiVersionOf(gvkOf(item)), fieldOf(item.root, 'apiVersion'));
    setKind(copy, kindOf(patch));
    mergePatch(item, copy, patching);
  }
  const items = list.items.filter((item) => !isEmptyResource(item));
  list.items = [];
  list.append(items);
}

function mergePatch(item: Resource, patch: Resource, patching: Patching): void {
  const [name, namespace, kind] = [nameOf(item), namespaceOf(item), kindOf(item)];
  const metadata = fieldOf(item.root, 'metadata');
  const [oldKind, oldName, oldNamespace] = [
    fieldOf(item.root, 'kind'),
    fieldOf(metadata, 'name'),
    fieldOf(metadata, 'namespace'),
  ].map((node) => node && copyNode(node));
  const [mayRename, mayTurn] = [isEnabled(patch, ALLOW_NAME_CHANGE), isEnabled(patch, ALLOW_KIND_CHANGE)];
  if (mayRename || mayTurn) storePreviousId(item);
  const merging = {
    schemas: patching.schemas,
    note: (effect: MergeEffect): void => {
      patching.note({ ...effect, object: { kind, name } });
    },
  };
  if (strategicMerge(item.root, patch.root, merging) === undefined) {
    item.isGone = true;
    return;
  }
  if (isEmptyResource(item)) return;
  if (!mayTurn) setKind(item, kind, oldKind);
  if (!mayRename) setName(item, name, oldName);
  setNamespace(item, namespace, oldNamespace);
}

function fieldOf(map: YamlNode | undefined, name: string): YamlNode | undefined {
  const index = map?.content.findIndex((key, at) => at % 2 === 0 && key.value === name) ?? -1;
  return index < 0 ? undefined : map?.content[index + 1];
}

function withoutObject({ name, kind }: Selector, { start, end }: Span): SideEffect {
  return { is: 'target-selects-nothing', start, end, lost: [], names: [name], object: { kind, name: '' } };
}

/** A JSON patch for the objects that a target selects. */
export function patchWithOperations(
  list: ResourceList,
  operations: readonly JsonOperation[],
  { target, span }: { readonly target: Selector; readonly span: Span },
  { note, keepsId }: { readonly note: Patching['note']; readonly keepsId: boolean },
): void {
  const selected = selectResources(list.items, target);
  if (selected.length === 0) note(withoutObject(target, span));
  for (const item of selected) {
    if (keepsId) storePreviousId(item);
    const notes = [...metadataTexts(item.root, 'annotations')].filter(([name]) => isNote(name));
    demandJson(item.root);
    // A patch may hold a value that is there as it is: that it is the same must not show later.
    item.root = throughJson(applyJsonPatch(throughJson(item.root, 'exact'), operations), 'plain');
    if (isEnabled(item, NEEDS_HASH) && !['ConfigMap', 'Secret'].includes(kindOf(item))) item.root = reread(item.root);
    setMetadataTexts(item.root, 'annotations', new Map([...metadataTexts(item.root, 'annotations'), ...notes]));
  }
}

/** The document as it is once it was printed and read again, which shows only in the hash of what has no hash of its own. */
function reread(root: YamlNode): YamlNode {
  const text = printNode(root);
  const { node } = readNode(text, 0, text.length);
  const adopt = (made: YamlNode, from: YamlNode): void => {
    made.start = from.start;
    made.end = from.end;
    made.causes = from.causes;
    for (const [index, child] of made.content.entries()) adopt(child, from.content[index] ?? from);
  };
  if (node === undefined) return root;
  adopt(node, root);
  return node;
}

function isNote(name: string): boolean {
  return (
    name.startsWith('internal.config.kubernetes.io/') ||
    ['config.kubernetes.io/path', 'config.kubernetes.io/index', 'config.k8s.io/id'].includes(name)
  );
}
