import { compareBytes } from '../../../lang/byte-order.ts';
import { formatFloat } from '../../../text/yaml/resolve/number-format.ts';
import { newNode, type NodeStyle, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { scalarNode } from './edit.ts';
import { pairs } from './fields.ts';
import { resolvePlain } from '../../../text/yaml/resolve/resolve-scalar.ts';
import { resolvePlainV3 } from '../../../text/yaml/resolve/resolve-v3.ts';
import { scalarValue } from './values.ts';

/** `quoted`: as text that is JSON; `plain`: as YAML is printed, numbers as doubles; `exact`: so, and numbers as they are. */
export type JsonStyle = 'quoted' | 'plain' | 'exact';

/**
 * The document as it is once it went through JSON and back: keys sorted, scalars in the one way that the style says. Places and causes stay.
 */
export function throughJson(node: YamlNode, style: JsonStyle): YamlNode {
  const result = convert(node, style);
  result.causes = node.causes;
  return result;
}

function convert(node: YamlNode, style: JsonStyle): YamlNode {
  if (node.kind === 'map') {
    const map = newNode('map', node);
    map.tag = '!!map';
    const entries = pairs(node).toSorted(([left], [right]) => compareBytes(left.value, right.value));
    for (const [key, value] of entries) {
      map.content.push(textScalar(key.value, key, style), throughJson(value, style));
    }
    return map;
  }
  if (node.kind === 'list') {
    const list = newNode('list', node);
    list.tag = '!!seq';
    list.content = node.content.map((item) => throughJson(item, style));
    return list;
  }
  const value = scalarValue(node);
  if (value === null) return scalarNode('null', '!!null', node);
  if (typeof value === 'boolean') return scalarNode(String(value), '!!bool', node);
  if (typeof value === 'string') return textScalar(value, node, style);
  if (style !== 'plain') return scalarNode(value.literal, resolvePlainV3(value.literal).tag, node);
  const text = formatFloat(value.value);
  return scalarNode(text, resolvePlainV3(text).tag, node);
}

function textScalar(text: string, place: YamlNode, style: JsonStyle): YamlNode {
  const node = scalarNode(text, '!!str', place);
  node.style = style === 'quoted' ? 'double' : styleOfText(text);
  return node;
}

/** A sexagesimal number of YAML 1.1. */
const BASE_60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;

/** How go-yaml v3 writes text: in quotes where it would be something else without, as a block where it has several lines. */
export function styleOfText(text: string): NodeStyle {
  if (text.includes('\n')) return 'literal';
  const isOther = resolvePlainV3(text).tag !== '!!str' || typeof resolvePlain(text) !== 'string' || BASE_60.test(text);
  return isOther ? 'double' : '';
}
