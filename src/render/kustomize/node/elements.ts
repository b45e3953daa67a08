import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { demandKind, field, getField, isEmptyNode, isNullOrMissing } from './fields.ts';

/* Lists whose items are told apart by keys, as kyaml handles them (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, yaml/fns.go and rnode.go). */

/** The item whose fields have these values; with the key '' the item with this value. */
export function findElement(list: YamlNode, keys: readonly string[], values: readonly string[]): YamlNode | undefined {
  if (list.kind !== 'list') return undefined;
  if ((keys[0] ?? '') === '') return list.content.find((item) => item.value === (values[0] ?? ''));
  if (keys.length !== values.length) return undefined;
  return list.content.find(
    (item) => item.kind === 'map' && keys.every((key, index) => getField(item, key)?.value === values[index]),
  );
}

/**
 * Puts an item in the place of the first that has these values, or at the end; without an item, removes those that have them. Missing
 * items and empty maps are dropped on the way.
 */
export function setElement(
  list: YamlNode,
  keys: readonly string[],
  values: readonly string[],
  element: YamlNode | undefined,
): void {
  const names = keys.length === 0 ? [''] : keys;
  demandKind(list, 'list');
  const content: YamlNode[] = [];
  let isFound = false;
  for (const item of list.content) {
    if (isNullOrMissing(item) || (item.kind === 'map' && item.content.length === 0)) continue;
    const isKeyed = (names[0] ?? '') !== '' && (values[0] ?? '') !== '';
    if (item.kind !== 'map' && isKeyed) {
      content.push(item);
      continue;
    }
    if (
      !names.every((name, index) =>
        index >= values.length ? values.length > 0 : hasValue(item, name, values[index] ?? ''),
      )
    ) {
      if (values.length > 0) content.push(item);
      continue;
    }
    isFound = true;
    if (element !== undefined) content.push(element);
  }
  list.content = content;
  if (!isNullOrMissing(element) && !isFound) list.content.push(element);
}

/** Whether a field, or with the name '' the item itself, has a value; '' asks for a field with any value. */
function hasValue(item: YamlNode, name: string, value: string): boolean {
  if (name === '') {
    demandKind(item, 'scalar');
    return item.value === value;
  }
  const found = getField(item, name);
  return found !== undefined && (value === '' || found.value === value);
}

/** Of each item, the values of its keys; '' for one that it has not. */
export function elementValues(list: YamlNode | undefined, keys: readonly string[]): string[][] {
  if (list?.kind !== 'list') return [];
  return list.content.map((item) =>
    keys.map((key) => {
      const value = field(item, key);
      return isEmptyNode(value) ? '' : (value?.value ?? '');
    }),
  );
}
