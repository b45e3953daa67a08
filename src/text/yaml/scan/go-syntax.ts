import type { Tree } from '../../tree.ts';

const MAX_LENGTH = 400;

/** A value as Go's `%#v` prints what go-yaml decoded, cut short when it is long. A string alone is quoted. */
export function goSyntax(value: Tree | string): string {
  if (typeof value === 'string') return quote(value);
  const text = print(value, 0);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}...`;
}

function print(node: Tree, depth: number): string {
  if (depth > 8) return '...';
  switch (node.type) {
    case 'string':
      return quote(node.value);
    case 'number':
      return node.literal;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'interface {}(nil)';
    case 'list':
      return `[]interface {}{${node.items
        .slice(0, 50)
        .map((item) => print(item, depth + 1))
        .join(', ')}}`;
    case 'map': {
      const entries = node.entries.slice(0, 50).map((entry) => `${quote(entry.key)}:${print(entry.value, depth + 1)}`);
      return `map[interface {}]interface {}{${entries.sort().join(', ')}}`;
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

const UNPRINTABLE = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

function quote(text: string): string {
  return `"${text.replace(UNPRINTABLE, (character) => ESCAPES[character] ?? codeOf(character))}"`;
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
