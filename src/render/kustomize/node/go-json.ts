import { compareBytes } from '../../../lang/byte-order.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { pairs } from './fields.ts';
import { scalarValue } from './values.ts';

/** A document as Go's encoding/json writes it: keys sorted, nothing between, and `<`, `>` and `&` escaped. */
export function goJson(node: YamlNode): string {
  if (node.kind === 'list') return `[${node.content.map(goJson).join(',')}]`;
  if (node.kind === 'map') {
    const sorted = pairs(node).toSorted(([left], [right]) => compareBytes(left.value, right.value));
    return `{${sorted.map(([key, value]) => `${goString(key.value)}:${goJson(value)}`).join(',')}}`;
  }
  const value = scalarValue(node);
  if (typeof value === 'string') return goString(value);
  return value === null || typeof value === 'boolean' ? String(value) : value.literal;
}

/** A text as encoding/json quotes it. */
export function goString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
