import type { NodeStyle, YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { resolvePlainV3 } from '../../../text/yaml/resolve/resolve-v3.ts';

/** Where a scalar is printed: what may stand in a block may not in brackets, and a key has one line. */
export type Context = 'block' | 'flow' | 'key';

/** How a scalar is printed: its tag, if that must be written, and its style. */
export function printedStyle(node: YamlNode, context: Context): { readonly tag: string; readonly style: NodeStyle } {
  let { tag, style } = node;
  if (tag !== '' && !node.tagged) {
    const implied = resolvePlainV3(node.value).tag;
    if ((tag === '!!str' && style !== '') || implied === tag) tag = '';
    else if (tag === '!!str') {
      tag = '';
      if (style === '' && !node.value.includes('\n')) style = 'double';
    }
  }
  if (style === '' && node.value.includes('\n')) style = 'literal';
  return { tag, style: allowedStyle(node.value, style, context) };
}

/** Mirrors go.yaml.in/yaml/v3, emitterc.go, `yaml_emitter_analyze_scalar` and `yaml_emitter_select_scalar_style`. */
function allowedStyle(value: string, wanted: NodeStyle, context: Context): NodeStyle {
  let style = wanted;
  if (context === 'key' && value.includes('\n')) style = 'double';
  if (style === '' && (value === '' ? context !== 'block' : !isPlain(value, context))) style = 'single';
  if (style === 'single' && !isSingleQuotable(value)) style = 'double';
  if ((style === 'literal' || style === 'folded') && (context !== 'block' || !isBlock(value))) style = 'double';
  return style;
}

// eslint-disable-next-line no-control-regex -- these are what YAML does not print
const SPECIAL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u{10000}-\u{10ffff}]/u;

function isPlain(value: string, context: Context): boolean {
  if (/^ | $|[\t\n\u2028\u2029]/.test(value) || SPECIAL.test(value)) return false;
  if (/^(?:---|\.\.\.)/.test(value) || /^[#,[\]{}&*!|>'"%@`]/.test(value) || /^-(?:[ \t]|$)/.test(value)) return false;
  if (/:(?:\s|$)|\s#/.test(value) || /^\?(?:\s|$)/.test(value)) return false;
  return context !== 'flow' || !/[,?[\]{}:]/.test(value);
}

function isSingleQuotable(value: string): boolean {
  return !/\n | \n|\t/.test(value) && !SPECIAL.test(value);
}

function isBlock(value: string): boolean {
  return value !== '' && !/ $| \n/.test(value) && !SPECIAL.test(value);
}

/** A scalar on one line, in a style that has one. */
export function quoted(value: string, style: NodeStyle): string {
  if (style === 'single') return `'${value.replaceAll("'", "''").replaceAll('\n', '\n\n')}'`;
  if (style !== 'double') return value;
  const escaped = Array.from(value, (character) => ESCAPES[character] ?? escapeSpecial(character)).join('');
  return `"${escaped}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escapeSpecial(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (!SPECIAL.test(character)) return character;
  const digits = code.toString(16).toUpperCase();
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

/** The lines of a literal or folded block behind its indicator, indented. */
export function blockLines(value: string, style: NodeStyle, indent: string): string {
  const hint = /^[ \n]/.test(value) ? '2' : '';
  const chomp = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : '';
  const body = style === 'folded' ? unfolded(value) : value;
  const lines = body
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line));
  return `${style === 'literal' ? '|' : '>'}${hint}${chomp}\n${lines.join('\n')}`;
}

/**
 * Text with the line breaks that folding takes away. go-yaml looks at the beginning of the text where it means the next line, so that a break before an indented line
 * is doubled, too (mirrors emitterc.go, `yaml_emitter_write_folded_scalar`).
 */
function unfolded(value: string): string {
  const isDoubled = !/^\n*(?:[ \t]|$)/.test(value);
  let text = '';
  let isAtBreak = true;
  let isIndented = true;
  for (const character of value) {
    if (character === '\n') {
      text += !isAtBreak && !isIndented && isDoubled ? '\n\n' : '\n';
      isAtBreak = true;
    } else {
      if (isAtBreak) isIndented = character === ' ' || character === '\t';
      text += character;
      isAtBreak = false;
    }
  }
  return text;
}
