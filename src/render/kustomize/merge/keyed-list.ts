import type { Span } from '../../../text/tree.ts';
import { newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { addCause, scalarNode, setField } from '../node/edit.ts';
import { elementValues, findElement, setElement } from '../node/elements.ts';
import { field, getField, isNullOrMissing } from '../node/fields.ts';
import type { MergeEffect } from '../failure/side-effect.ts';
import { lostEntries } from './lost-entries.ts';
import type { Schema } from './schema.ts';

/** What the merge of a list asks for. */
interface ListMerging {
  /** Merges two items that are one. */
  readonly item: (
    mine: YamlNode | undefined,
    theirs: YamlNode | undefined,
    schema: Schema | undefined,
  ) => YamlNode | undefined;
  /** The patch as a whole. */
  readonly patch: Span;
  /** Takes what is lost on the way. */
  readonly note: (effect: MergeEffect) => void;
}

/**
 * Merges lists whose items are told apart by keys, or by themselves: the patch's items come first, in its order (mirrors
 * sigs.k8s.io/kustomize/kyaml v0.21.2, yaml/walk/associative_sequence.go, oddities included: FACTS 33 and 34).
 */
export function mergeKeyedList(
  list: YamlNode,
  patch: YamlNode | undefined,
  schema: Schema,
  merging: ListMerging,
): YamlNode | undefined {
  const keys = schema.mergeKeys ?? [];
  const [key = ''] = keys;
  if (patch === undefined && keys.length === 1 && isToldApart(list, key)) return mergedAlone(list, schema, merging);
  const sources = [patch, list];
  if (keys.length === 0) return setElements(list, patch, [''], itemTexts(sources), undefined, merging);
  const values = distinct(sources.flatMap((source) => elementValues(source, keys)));
  return setElements(list, patch, keys, values, schema.items(), merging);
}

/** Whether every item has a value of the key that no other has, as in nearly every list. */
function isToldApart({ content }: YamlNode, key: string): boolean {
  const values = new Set<string>();
  for (const item of content) {
    const value = field(item, key);
    if (!isNullOrMissing(value) && value.value !== '') values.add(value.value);
  }
  return content.length > 0 && values.size === content.length;
}

/** Such a list without a patch: no two items become one, and none comes or goes. */
function mergedAlone(list: YamlNode, schema: Schema, merging: ListMerging): YamlNode {
  const result = newNode('list', list);
  const items = schema.items();
  for (const item of list.content) result.content.push(merging.item(item, undefined, items) ?? item);
  return result;
}

function itemTexts(sources: readonly (YamlNode | undefined)[]): string[][] {
  return distinct(sources.flatMap((source) => (source?.content ?? []).map((item) => [item.value])));
}

function distinct(lists: readonly string[][]): string[][] {
  const seen = new Set<string>();
  return lists.filter((values) => {
    const key = JSON.stringify(values);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function setElements(
  list: YamlNode,
  patch: YamlNode | undefined,
  keys: readonly string[],
  found: string[][],
  itemSchema: Schema | undefined,
  merging: ListMerging,
): YamlNode | undefined {
  const added = newNode('list', list);
  const valuesList = keys.length > 1 ? mergeValues(found) : found;
  let valid: Keyed = { keys: [], values: [] };
  const before = keys.length < 2 ? undefined : [...list.content];
  const became = new Map<YamlNode, YamlNode | undefined>();
  for (const values of valuesList) {
    valid = validKeys(valuesList, values, keys);
    // The search for the items asks once more which keys count, of these values alone.
    const wanted = validKeys([valid.values], valid.values, valid.keys);
    const mine = findElement(list, wanted.keys, wanted.values);
    const theirs = patch === undefined ? undefined : findElement(patch, wanted.keys, wanted.values);
    const merged = merging.item(mine, theirs, itemSchema);
    let isGone = false;
    for (const [index, key] of valid.keys.entries()) {
      const value = valid.values[index] ?? '';
      if (isNullOrMissing(merged) || (merged.kind === 'map' && merged.content.length === 0)) {
        setElement(list, valid.keys, valid.values, undefined);
        isGone = true;
      } else if (merged.kind === 'map' && field(merged, key) === undefined && value !== '') {
        // An item that lost its key has it again.
        const node = scalarNode(value, '', merged);
        addCause(node, { by: 'mergeKey', start: merged.start, end: merged.end });
        setField(merged, key, node);
      }
    }
    for (const source of [mine, theirs]) if (source !== undefined) became.set(source, isGone ? undefined : merged);
    if (!isGone && merged !== undefined) setElement(added, valid.keys, valid.values, merged);
  }
  if (valuesList.length === 0) return nonNull(list);
  const result = appendList(added, list, valid.keys);
  if (before !== undefined) {
    const by = patch ?? merging.patch;
    const entries = patch?.content ?? [];
    for (const effect of lostEntries({ before, patch: entries, by, result: result.content, became, keys }))
      merging.note(effect);
  }
  return nonNull(result);
}

function nonNull(list: YamlNode): YamlNode | undefined {
  return isNullOrMissing(list) ? undefined : list;
}

/** The items of `source` that are not in `list` yet go behind its own; those that are there stay where they are, as they are in `source`. */
function appendList(list: YamlNode, source: YamlNode, keys: readonly string[]): YamlNode {
  for (const item of source.content) {
    if (keys[0] === '') {
      setElement(list, [''], [item.value], item);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const value = getField(item, key);
      if (value === undefined) list.content.push(item);
      else values.push(value.value);
    }
    if (keys.length > 1) setElement(list, keys, values, undefined);
    setElement(list, keys, values, item);
  }
  return list;
}

interface Keyed {
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

/** Of several keys, those that any item has. */
function validKeys(
  valuesList: readonly (readonly string[])[],
  values: readonly string[],
  keys: readonly string[],
): Keyed {
  const used = new Set<string>();
  for (const each of valuesList) {
    for (const [index, value] of each.entries()) if (value !== '') used.add(keys[index] ?? '');
  }
  if (used.size === 0) return { keys, values };
  return {
    keys: keys.filter((key) => used.has(key)),
    values: values.filter((value, index) => value !== '' || used.has(keys[index] ?? '')),
  };
}

/** Values that agree where both are given become one: the port with a protocol stands for the one without. */
function mergeValues(valuesList: readonly string[][]): string[][] {
  const merged = valuesList.map((values) => [...values]);
  for (let i = 0; i < merged.length; i++) {
    for (let j = 0; j < merged.length; j++) {
      const values = matchValues(merged[i] ?? [], merged[j] ?? []);
      if (values === undefined) continue;
      merged[i] = values;
      merged[j] = values;
    }
  }
  return merged;
}

function matchValues(left: readonly string[], right: readonly string[]): string[] | undefined {
  if (left.length !== right.length) return undefined;
  let hasCommon = false;
  const result: string[] = [];
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? '';
    if (value === other) hasCommon = true;
    else if (value !== '' && other !== '') return undefined;
    result.push(value === '' ? other : value);
  }
  return hasCommon ? result : undefined;
}
