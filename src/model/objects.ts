import type { Problem, SourceDocument } from '../text/source.ts';
import { sameInOrder } from '../text/same-tree.ts';
import { child } from '../text/tree.ts';
import type { FieldPath, MapNode, Tree } from '../text/tree.ts';
import type { ManifestObject } from './object.ts';
import { parseApiVersion, typeMetaOf } from './type-meta.ts';

/** What documents hold. */
export interface ObjectsReading {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly Problem[];
}

/**
 * The objects of documents, in order. Items of `v1 List` and of any kind that ends in List are objects of their own; an item without a kind
 * has its list's, as kubectl gives it (mirrors apimachinery, apis/meta/v1/unstructured/unstructured.go, decodeToList).
 */
export function objectsOf(documents: Iterable<SourceDocument>): ObjectsReading {
  const objects: ManifestObject[] = [];
  const problems: Problem[] = [];
  const variants = new Map<string, ManifestObject[]>();
  for (const document of documents) {
    const { root } = document;
    if (root?.type === 'map' && looksLikeObject(root))
      collect({ document, objects, problems, variants }, root, [], NO_LIST);
  }
  return { objects, problems };
}

interface Collection {
  readonly document: SourceDocument;
  readonly objects: ManifestObject[];
  readonly problems: Problem[];
  /** By API version, kind and name, the objects that differ. */
  readonly variants: Map<string, ManifestObject[]>;
}

/** What items take from the list around them. */
interface ListMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

const NO_LIST: ListMeta = { apiVersion: '', kind: '' };

function collect(collection: Collection, node: MapNode, path: FieldPath, list: ListMeta): void {
  const apiVersion = textOf(node, 'apiVersion') || list.apiVersion;
  const kind = textOf(node, 'kind') || list.kind;
  const groupVersion = parseApiVersion(apiVersion);
  if (kind === '' || apiVersion === '' || groupVersion === undefined || groupVersion.version === '') {
    collection.problems.push(incomplete(collection.document, node, { apiVersion, kind }));
    return;
  }
  const items = kind.endsWith('List') ? child(node, 'items') : undefined;
  if (items?.type === 'list') {
    const itemKind = kind.slice(0, -'List'.length);
    const meta = itemKind === '' ? NO_LIST : { apiVersion, kind: itemKind };
    for (const [index, item] of items.items.entries()) collectItem(collection, item, [...path, 'items', index], meta);
    return;
  }
  const { document } = collection;
  const metadata = child(node, 'metadata');
  const name = textOf(metadata, 'name');
  const variants = variantsOf(collection, `${apiVersion} ${kind} ${name}`);
  const copyOf = variants.find((other) => other.document.format === document.format && sameInOrder(other.node, node));
  const object: ManifestObject = {
    document,
    path,
    node,
    apiVersion,
    group: groupVersion.group,
    version: groupVersion.version,
    kind,
    name,
    generateName: textOf(metadata, 'generateName'),
    namespace: textOf(metadata, 'namespace'),
    copyOf,
  };
  if (copyOf === undefined && variants.length < MOST_VARIANTS) variants.push(object);
  collection.objects.push(object);
}

/** So that many objects of one name are not all held against each other. */
const MOST_VARIANTS = 16;

function variantsOf({ variants }: Collection, key: string): ManifestObject[] {
  let known = variants.get(key);
  if (known === undefined) variants.set(key, (known = []));
  return known;
}

function collectItem(collection: Collection, item: Tree, path: FieldPath, list: ListMeta): void {
  if (item.type === 'map') collect(collection, item, path, list);
  else {
    const { file } = collection.document;
    collection.problems.push({ rule: 'schema', file, span: item, message: 'items[] member is not an object' });
  }
}

function textOf(node: Tree | undefined, key: string): string {
  const value = node?.type === 'map' ? child(node, key) : undefined;
  return value?.type === 'string' ? value.value : '';
}

/** Values files name a kind now and then; an object has an apiVersion, or a kind and metadata. */
function looksLikeObject(root: MapNode): boolean {
  if (textOf(root, 'apiVersion') !== '' && textOf(root, 'kind') !== '') return true;
  const meta = typeMetaOf(root, false);
  if ('error' in meta) return child(root, 'metadata') !== undefined;
  if (meta.version !== '') return meta.kind !== '' || child(root, 'metadata') !== undefined;
  return meta.kind !== '' && (child(root, 'metadata') !== undefined || meta.kind.endsWith('List'));
}

function incomplete(document: SourceDocument, node: MapNode, { apiVersion, kind }: ListMeta): Problem {
  const { file } = document;
  const problem = (message: string, key: string): Problem => {
    const entry = node.entries.find((candidate) => candidate.key.toLowerCase() === key.toLowerCase());
    const span =
      entry === undefined
        ? { start: node.start, end: firstKeyEnd(node) }
        : { start: entry.keyStart, end: entry.keyEnd };
    const hint =
      entry === undefined
        ? `say what this is: \`${key}\``
        : entry.key === key
          ? `\`${key}\` must be text that is not empty`
          : `write \`${key}\`, not \`${entry.key}\``;
    return { rule: 'schema', file, span, message, hint };
  };
  if (kind === '') return problem("Object 'Kind' is missing", 'kind');
  if (apiVersion === '' || apiVersion === '/') return problem("Object 'apiVersion' is missing", 'apiVersion');
  return problem(`unexpected GroupVersion string: ${apiVersion}`, 'apiVersion');
}

function firstKeyEnd(node: MapNode): number {
  return node.entries[0]?.keyEnd ?? node.end;
}
