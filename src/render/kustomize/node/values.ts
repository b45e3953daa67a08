import { decodeBase64 } from '../../../text/yaml/resolve/base64.ts';
import { resolvePlainV3 } from '../../../text/yaml/resolve/resolve-v3.ts';
import type { Resolved } from '../../../text/yaml/resolve/resolve-scalar.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { readNode } from '../../../text/yaml/nodes/read-node.ts';
import { pairs } from './fields.ts';
import { blockLines, printedStyle } from './print-scalar.ts';

/**
 * The value a scalar has once the document was printed and read again, which is how the real tool makes JSON of it (mirrors
 * go.yaml.in/yaml/v3, encode.go `node` and decode.go `scalar`): the tag counts unless the text belies it.
 */
export function scalarValue(node: YamlNode): Resolved {
  if (node.style === 'folded') return foldedValue(node);
  return plainValue(node);
}

/** Folded text does not always come back from being printed as it was. */
function foldedValue(node: YamlNode): Resolved {
  if (printedStyle(node, 'block').style !== 'folded') return plainValue(node);
  const text = `- ${blockLines(node.value, 'folded', '  ')}\n`;
  const printed = readNode(text, 0, text.length).node?.content[0];
  return plainValue(printed === undefined ? node : { ...node, value: printed.value });
}

function plainValue(node: YamlNode): Resolved {
  const { value, style } = node;
  const plain = resolvePlainV3(value);
  let { tag } = node;
  let isPlain = style === '' && !value.includes('\n');
  if (tag !== '' && !node.tagged) {
    if (tag === '!!str' && style !== '') tag = '';
    else if (plain.tag === tag) tag = '';
    else if (tag === '!!str') {
      tag = '';
      isPlain = false;
    }
  }
  if (tag === '') return isPlain ? plain.value : value;
  if (tag === '!!str') return value;
  if (tag === '!!binary') {
    const decoded = decodeBase64(value);
    if (decoded === undefined) throw new KustomizeFailure('yaml: !!binary value contains invalid base64 data', node);
    return decoded;
  }
  if (!RESOLVABLE.has(tag) || plain.tag === tag) return plain.tag === tag ? plain.value : value;
  const number = plain.value;
  if (tag === '!!float' && plain.tag === '!!int' && typeof number === 'object' && number?.type === 'int') {
    return { type: 'float', literal: String(number.value), value: number.value };
  }
  throw new KustomizeFailure(`yaml: cannot decode ${plain.tag} \`${value}\` as a ${tag}`, node);
}

const RESOLVABLE = new Set(['!!bool', '!!int', '!!float', '!!null', '!!timestamp']);

/** Whether a key is text, as keys of JSON must be below the top of a document. */
function isTextKey(key: YamlNode): boolean {
  if (key.kind !== 'scalar') return false;
  if (key.tag === '!!str' || key.tag === '!!merge') return true;
  return typeof scalarValue({ ...key }) === 'string' && key.tag !== '!!timestamp';
}

/** Fails where a document cannot be made JSON: a key twice, a key that is no text, a value that JSON has not, a tag that does not fit. */
export function demandJson(root: YamlNode): void {
  const walk = (node: YamlNode, isTop: boolean): void => {
    if (node.kind === 'scalar') {
      const value = scalarValue(node);
      if (typeof value === 'object' && value !== null && !Number.isFinite(value.value)) {
        throw new KustomizeFailure(`json: unsupported value: ${value.literal}`, node);
      }
      return;
    }
    if (node.kind === 'list') for (const item of node.content) walk(item, false);
    else if (node.kind === 'map') {
      for (const [key, value] of pairs(node)) {
        walk(value, false);
        if (key.lineComment !== '' && value.kind !== 'scalar' && value.content.length === 0 && value.style !== 'flow') {
          // The comment of the key is printed before the empty value, which then is part of it.
          throw new KustomizeFailure("yaml: could not find expected ':'", key);
        }
        if (!isTop && !isTextKey(key)) {
          throw new KustomizeFailure('json: unsupported type: map[interface {}]interface {}', key);
        }
      }
    }
  };
  demandAllUnique(root);
  walk(root, true);
}

/** A key twice is noticed before anything else. */
function demandAllUnique(node: YamlNode): void {
  if (node.kind === 'map') demandUniqueKeys(node);
  for (const child of node.content) demandAllUnique(child);
}

/** Up to so many keys, it is quicker to compare them with one another. */
const FEW_KEYS = 16;

function demandUniqueKeys(map: YamlNode): void {
  const keys = pairs(map);
  const isSure =
    keys.length <= FEW_KEYS &&
    keys.every(([{ value }], index) => keys.findIndex(([key]) => key.value === value) === index);
  if (isSure) return;
  const seen = new Set<string>();
  for (const [key] of keys) {
    const identity = `${key.kind} ${key.value}`;
    if (seen.has(identity)) {
      throw new KustomizeFailure(
        `yaml: unmarshal errors: mapping key ${JSON.stringify(key.value)} already defined`,
        key,
      );
    }
    seen.add(identity);
  }
}
