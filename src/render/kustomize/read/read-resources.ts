import type { Span } from '../../../text/tree.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { readNode } from '../../../text/yaml/nodes/read-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { deAnchor } from '../node/de-anchor.ts';
import { field, isEmptyNode, metadataOf, metadataText, textOf } from '../node/fields.ts';
import { throughJson } from '../node/normalize.ts';
import { demandJson } from '../node/values.ts';

/** The objects of a text (mirrors kustomize api v0.21.2, resource/factory.go, `RNodesFromBytes`). */
export function readResources(text: string): YamlNode[] {
  return inlineLists(dropBad(readDocuments(text)));
}

/** The documents of a text as kyaml's ByteReader keeps them: empty ones left out, a `List` that is alone in its text taken apart. */
function readDocuments(text: string): YamlNode[] {
  const chunks = splitDocuments(text);
  const roots: YamlNode[] = [];
  for (const { start, end } of chunks) {
    const { node, error } = readNode(text, start, end);
    if (error !== undefined) throw new KustomizeFailure(`MalformedYAMLError: ${error.message}`, error.span);
    if (node === undefined || node.tag === '!!null') continue;
    const kind = textOf(field(node, 'kind'));
    const items = field(node, 'items');
    const isWrapper = chunks.length === 1 && (kind === 'List' || kind === 'ResourceList');
    if (isWrapper && (items !== undefined || field(node, 'functionConfig') !== undefined)) {
      roots.push(...(items?.content ?? []));
    } else roots.push(node);
  }
  return roots.map(deAnchor);
}

function splitDocuments(text: string): Span[] {
  const chunks: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(/\n---[^\n]*\n/g)) {
    const rest = match[0].slice(4).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      const at = match.index + 1;
      throw new KustomizeFailure(`invalid document separator: ${match[0].trim()}`, { start: at, end: at + 3 });
    }
    chunks.push({ start, end: match.index + 1 });
    start = match.index + match[0].length;
  }
  if (text !== '') chunks.push({ start, end: text.length });
  return chunks;
}

/** Leaves out what is empty; fails for what is not an object. */
function dropBad(roots: readonly YamlNode[]): YamlNode[] {
  return roots.filter((root) => {
    if (isEmptyNode(root)) return false;
    const kind = textOf(field(root, 'kind'));
    const hasMeta = ['apiVersion', 'kind'].some((name) => !isEmptyNode(field(root, name))) || hasMetadata(root);
    if (!hasMeta) throw new KustomizeFailure('missing Resource metadata', root);
    if (kind === '') throw new KustomizeFailure('missing kind in object', root);
    if (!kind.endsWith('List') && metadataText(root, 'name') === '') {
      throw new KustomizeFailure('missing metadata.name in object', root);
    }
    return true;
  });
}

function hasMetadata(root: YamlNode): boolean {
  const metadata = metadataOf(root);
  return ['name', 'namespace', 'labels', 'annotations'].some((name) => !isEmptyNode(field(metadata, name)));
}

/** Takes lists of objects apart, whatever their kind; their items go behind everything else. */
function inlineLists(roots: readonly YamlNode[]): YamlNode[] {
  const queue = [...roots];
  const result: YamlNode[] = [];
  // Items join the queue while it is gone through.
  for (const root of queue) {
    const kind = field(root, 'kind')?.value ?? '';
    const items = kind.endsWith('List') ? field(root, 'items') : undefined;
    if (kind.endsWith('List')) demandJson(root);
    if (items === undefined) result.push(root);
    else if (items.kind === 'list') {
      queue.push(
        ...dropBad(items.content.filter((item) => item.tag !== '!!null').map((item) => throughJson(item, 'quoted'))),
      );
    } else if (items.tag !== '!!null') {
      throw new KustomizeFailure(`expected array in ${kind}/items, but found ${items.kind}`, items);
    }
  }
  return result;
}
