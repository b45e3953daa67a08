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
  const printed = node.style === 'folded' ? refolded(node) : node;
  return printed.tag === '!!str' ? printed.value : resolvedValue(printed);
}

/** Folded text does not always come back from being printed as it was. */
function refolded(node: YamlNode): YamlNode {
  if (printedStyle(node, 'block').style !== 'folded') return node;
  const text = `- ${blockLines(node.value, 'folded', '  ')}\n`;
  const printed = readNode(text, 0, text.length).node?.content[0];
  return printed === undefined ? node : { ...node, value: printed.value };
}

function resolvedValue(node: YamlNode): Resolved {
  const { value, style } = node;
  const plain = resolvePlainV3(value);
  const isPlain = style === '' && !value.includes('\n');
  const tag = plain.tag === node.tag && !node.tagged ? '' : node.tag;
  if (tag === '') return isPlain ? plain.value : value;
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
  if (isSurelyJson(root)) return;
  demandAllUnique(root);
  demandValues(root, true);
}

/** Whether nothing of the kind is in sight: nearly every document is like that, and is gone through once. */
function isSurelyJson(node: YamlNode): boolean {
  const { kind, content } = node;
  if (kind === 'list') return content.every(isSurelyJson);
  if (kind !== 'map') return node.tag === '!!str' || (!node.tagged && isPlainJson(node));
  for (let index = 0; index + 1 < content.length; index += 2) {
    const [key, value] = [content[index], content[index + 1]];
    if (key === undefined || value === undefined || key.lineComment !== '') return false;
    if (key.tag !== '!!str' && (key.tag !== '' || resolvePlainV3(key.value).tag !== '!!str')) return false;
    if (!isSurelyJson(value)) return false;
  }
  return hasUniqueTexts(content);
}

function isPlainJson({ tag, value: text }: YamlNode): boolean {
  const plain = resolvePlainV3(text);
  return (tag === '' || tag === plain.tag) && literalOutsideJson(plain.value) === undefined;
}

/** The literal of a number that JSON has not: infinite ones, and what is none. */
function literalOutsideJson(value: Resolved): string | undefined {
  return typeof value === 'object' && value !== null && !Number.isFinite(value.value) ? value.literal : undefined;
}

/** Up to so many keys and values, it is quicker to compare keys with one another. */
const FEW = 32;

function hasUniqueTexts(content: readonly YamlNode[]): boolean {
  if (content.length > FEW) {
    const texts = new Set(content.filter((_, index) => index % 2 === 0).map(({ value }) => value));
    return texts.size === content.length / 2;
  }
  for (let index = 2; index < content.length; index += 2) {
    for (let before = 0; before < index; before += 2)
      if (content[before]?.value === content[index]?.value) return false;
  }
  return true;
}

function demandValues(node: YamlNode, isTop: boolean): void {
  if (node.kind === 'scalar') {
    const literal = literalOutsideJson(scalarValue(node));
    if (literal !== undefined) throw new KustomizeFailure(`json: unsupported value: ${literal}`, node);
  } else if (node.kind === 'list') for (const item of node.content) demandValues(item, false);
  else if (node.kind === 'map') {
    for (const [key, value] of pairs(node)) {
      demandValues(value, false);
      if (key.lineComment !== '' && value.kind !== 'scalar' && value.content.length === 0 && value.style !== 'flow') {
        // The comment of the key is printed before the empty value, which then is part of it.
        throw new KustomizeFailure("yaml: could not find expected ':'", key);
      }
      if (!isTop && !isTextKey(key)) {
        throw new KustomizeFailure('json: unsupported type: map[interface {}]interface {}', key);
      }
    }
  }
}

/** A key twice is noticed before anything else. */
function demandAllUnique(node: YamlNode): void {
  if (node.kind === 'map') demandUniqueKeys(node);
  for (const child of node.content) demandAllUnique(child);
}

function demandUniqueKeys(map: YamlNode): void {
  const seen = new Set<string>();
  for (const [key] of pairs(map)) {
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
