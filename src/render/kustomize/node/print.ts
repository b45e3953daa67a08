import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { pairs } from './fields.ts';
import { blockLines, printedStyle, quoted, type Context } from './print-scalar.ts';

/** A document as go-yaml v3 prints its nodes, two columns a level and lists not indented under their key (kyaml's `String`). */
export function printNode(node: YamlNode): string {
  if (node.kind === 'map' && node.content.length > 0 && node.style !== 'flow') return `${printMap(node, '')}\n`;
  if (node.kind === 'list' && node.content.length > 0 && node.style !== 'flow') return `${printList(node, '')}\n`;
  return `${headOf(node, '')}${printInline(node, '  ', 'block')}${tailOf(node)}\n`;
}

function printMap(map: YamlNode, indent: string): string {
  return pairs(map)
    .map(
      ([key, value]) =>
        `${headOf(key, indent)}${indent}${printScalar(key, indent, 'key')}:${printValue(value, indent, key)}`,
    )
    .join('\n');
}

function printValue(value: YamlNode, indent: string, key: YamlNode): string {
  const isBlock = value.content.length > 0 && value.style !== 'flow';
  if (!isBlock) {
    const text = printInline(value, `${indent}  `, 'block');
    return `${text === '' ? '' : ' '}${text}${tailOf(value.lineComment === '' ? key : value)}`;
  }
  const inside = value.kind === 'map' ? printMap(value, `${indent}  `) : printList(value, indent);
  return `${tailOf(key)}\n${inside}`;
}

function printList(list: YamlNode, indent: string): string {
  return list.content
    .map((item) => {
      const head = headOf(item, indent);
      const isBlock = item.content.length > 0 && item.style !== 'flow';
      if (!isBlock) return `${head}${indent}- ${printInline(item, `${indent}  `, 'block')}${tailOf(item)}`;
      const inside = item.kind === 'map' ? printMap(item, `${indent}  `) : printList(item, `${indent}  `);
      return `${head}${indent}- ${inside.slice(indent.length + 2)}`;
    })
    .join('\n');
}

/** A value that begins on the line of its key. */
function printInline(node: YamlNode, indent: string, context: Context): string {
  if (node.kind === 'map') {
    const entries = pairs(node).map(
      ([key, value]) => `${printScalar(key, indent, 'flow')}: ${printInline(value, indent, 'flow')}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (node.kind === 'list') return `[${node.content.map((item) => printInline(item, indent, 'flow')).join(', ')}]`;
  return printScalar(node, indent, context);
}

/** A scalar with its tag, if that must be seen. */
export function printScalar(node: YamlNode, indent: string, context: Context): string {
  const { tag, style } = printedStyle(node, context);
  const prefix = tag === '' ? '' : `${tag} `;
  if (style === 'literal' || style === 'folded') return prefix + blockLines(node.value, style, indent);
  return prefix + quoted(node.value, style);
}

function headOf(node: YamlNode, indent: string): string {
  return node.headComment === '' ? '' : `${indent}${node.headComment.split('\n').join(`\n${indent}`)}\n`;
}

function tailOf(node: YamlNode): string {
  return node.lineComment === '' ? '' : ` ${node.lineComment}`;
}
