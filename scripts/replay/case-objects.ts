import type { ManifestObject } from '../../src/model/object.ts';
import type { SourceDocument, SourceFile } from '../../src/text/source.ts';
import type { Entry, MapNode, Tree } from '../../src/text/tree.ts';

/** The objects of a case as if each were the only object of a file. */
export function caseObjects(values: readonly unknown[]): ManifestObject[] {
  return values.map((value, index) => caseObject(value, index));
}

function caseObject(value: unknown, index: number): ManifestObject {
  const node = treeOf(value);
  if (node.type !== 'map') throw new Error(`objects[${index}] is not an object`);
  const path = `objects/${String(index).padStart(5, '0')}.json`;
  const file: SourceFile = { path, text: '' };
  const document: SourceDocument = { file, index: 0, format: 'json', span: NOWHERE, root: node, problems: [] };
  const apiVersion = textAt(node, 'apiVersion');
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  const metadata = childOf(node, 'metadata');
  return {
    document,
    path: [],
    node,
    apiVersion,
    group,
    version,
    kind: textAt(node, 'kind'),
    name: textAt(metadata, 'name'),
    generateName: textAt(metadata, 'generateName'),
    namespace: textAt(metadata, 'namespace'),
  };
}

const NOWHERE = { start: 0, end: 0 };

function treeOf(value: unknown): Tree {
  if (value === null || value === undefined) return { type: 'null', ...NOWHERE };
  if (typeof value === 'string') return { type: 'string', value, ...NOWHERE };
  if (typeof value === 'number') return { type: 'number', literal: String(value), ...NOWHERE };
  if (typeof value === 'boolean') return { type: 'boolean', value, ...NOWHERE };
  if (Array.isArray(value)) return { type: 'list', items: value.map(treeOf), ...NOWHERE };
  const entries = Object.entries(value).map(([key, child]): Entry => ({
    key,
    keyStart: 0,
    keyEnd: 0,
    value: treeOf(child),
  }));
  return { type: 'map', entries, ...NOWHERE };
}

function childOf(node: Tree | undefined, key: string): Tree | undefined {
  return node?.type === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}

function textAt(node: MapNode | Tree | undefined, key: string): string {
  const value = childOf(node, key);
  return value?.type === 'string' ? value.value : '';
}
