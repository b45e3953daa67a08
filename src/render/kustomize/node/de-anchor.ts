import { copyNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { clearField } from './edit.ts';
import { keyIndex, pairs } from './fields.ts';

/** How many nodes the aliases of one document may stand for: no manifest has as many, and a bomb would have more. */
const MAX_NODES = 200_000;

/** A document with aliases and merge keys written out (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, yaml/rnode.go, `DeAnchor`). */
export function deAnchor(root: YamlNode): YamlNode {
  if (isPlain(root)) return root;
  let made = 0;
  const open = new Set<YamlNode>();
  const sizes = new Map<YamlNode, number>();
  const expand = (node: YamlNode): YamlNode => {
    if (sizes.has(node)) return node;
    if (open.has(node)) throw new KustomizeFailure(`yaml: anchor '${node.anchor}' value contains itself`, node);
    if (node.kind === 'alias') return expandAlias(node);
    open.add(node);
    if (node.kind === 'map') {
      mergeKeys(node);
      repeatNullKeys(node);
    }
    node.content = node.content.map(expand);
    open.delete(node);
    sizes.set(
      node,
      node.content.reduce((size, child) => size + (sizes.get(child) ?? 1), 1),
    );
    node.anchor = '';
    return node;
  };
  const expandAlias = (alias: YamlNode): YamlNode => {
    const { target } = alias;
    if (target === undefined) throw new KustomizeFailure(`yaml: unknown anchor '${alias.value}' referenced`, alias);
    const size = sizes.get(expand(target)) ?? 1;
    made += size;
    if (made > MAX_NODES) throw new KustomizeFailure('yaml: document contains excessive aliasing', alias);
    const copy = copyNode(target);
    sizes.set(copy, size);
    return copy;
  };
  return expand(root);
}

/** Whether it is as it would be, as nearly every document is: no anchors, aliases and merge keys, and no keys that are null. */
function isPlain({ kind, anchor, content }: YamlNode): boolean {
  if (kind === 'alias' || anchor !== '') return false;
  const isMap = kind === 'map';
  return content.every((child, index) => {
    if (isMap && index % 2 === 0 && (child.tag === '!!merge' || child.tag === '!!null')) return false;
    return isPlain(child);
  });
}

/** The real tool sets every entry of a map anew and does not find one whose key is null: it then has it twice, which is an error when it is printed. */
function repeatNullKeys(map: YamlNode): void {
  for (const [key, value] of pairs(map)) {
    if (key.tag === '!!null' && key.value !== '') map.content.push(key, value);
  }
}

function mergeKeys(map: YamlNode): void {
  const merges = pairs(map).filter(([key]) => key.tag === '!!merge');
  if (merges.length > 1) throw new KustomizeFailure('duplicate merge key', map);
  const [merge] = merges;
  if (merge === undefined) return;
  const sources = mergeValues(merge[1]);
  clearField(map, '<<');
  const own = map.content;
  map.content = [];
  for (const entries of [...sources.map(({ content }) => content), own]) {
    for (let index = 0; index + 1 < entries.length; index += 2) {
      const [key, value] = entries.slice(index, index + 2);
      if (key !== undefined && value !== undefined) setEntry(map, key, value, entries !== own);
    }
  }
}

function setEntry(map: YamlNode, key: YamlNode, value: YamlNode, isCopied: boolean): void {
  const entry = isCopied ? [copyNode(key), shallow(value)] : [key, value];
  const index = keyIndex(map, key.value);
  if (index < 0) map.content.push(...entry);
  else map.content.splice(index, 2, ...entry);
}

/** Aliases inside are written out later, and must stay what they are until then. */
function shallow(node: YamlNode): YamlNode {
  return node.kind === 'alias' ? { ...node } : { ...node, content: node.content.map(shallow) };
}

function mergeValues(value: YamlNode): YamlNode[] {
  if (value.kind === 'map') return [value];
  if (value.kind === 'alias') {
    if (value.target?.kind !== 'map')
      throw new KustomizeFailure('invalid map merge: received alias for a non-map value', value);
    return [value.target];
  }
  if (value.kind !== 'list')
    throw new KustomizeFailure('map merge requires map or sequence of maps as the value', value);
  return value.content.reduceRight<YamlNode[]>((found, item) => {
    if (item.kind === 'list') throw new KustomizeFailure('invalid map merge: received a nested sequence', item);
    return [...found, ...mergeValues(item)];
  }, []);
}
