import type { Cause, YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { readNode } from '../../../text/yaml/nodes/read-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { addCause } from '../node/edit.ts';
import { pairs } from '../node/fields.ts';
import { goJson, goString } from '../node/go-json.ts';
import { lookupPath, type PathCreation } from '../node/path-getter.ts';
import { matchPath } from '../node/path-matcher.ts';
import { printNode } from '../node/print.ts';
import { demandJson } from '../node/values.ts';
import { compareBytes } from '../../../lang/byte-order.ts';

/**
 * Sets a value inside the YAML or JSON that a text on the path holds; false, and nothing changed, where that does not come off (mirrors
 * kustomize api v0.21.2, filters/replacement, `setValueInStructuredData`).
 */
export function replaceInText(
  root: YamlNode,
  path: readonly string[],
  creation: PathCreation | undefined,
  set: (target: YamlNode) => void,
  cause: Cause,
): boolean {
  try {
    return replaceInside(root, path, creation, set, cause);
  } catch (error) {
    if (error instanceof KustomizeFailure && !error.message.startsWith('panic: ')) return false;
    throw error;
  }
}

function replaceInside(
  root: YamlNode,
  path: readonly string[],
  creation: PathCreation | undefined,
  set: (target: YamlNode) => void,
  cause: Cause,
): boolean {
  for (let length = 1; length < path.length; length++) {
    const text = lookupOrNothing(root, path.slice(0, length));
    if (text?.kind !== 'scalar') continue;
    const { node, error } = readNode(text.value, 0, text.value.length);
    if (error !== undefined) continue;
    if (node === undefined) return false;
    const found = matchPath(node, path.slice(length), creation);
    if (found === undefined || found.length === 0) return false;
    found.forEach(set);
    text.value = print(node, text.value);
    addCause(text, cause);
    return true;
  }
  return false;
}

function lookupOrNothing(root: YamlNode, path: readonly string[]): YamlNode | undefined {
  try {
    return lookupPath(root, path);
  } catch (error) {
    if (error instanceof KustomizeFailure) return undefined;
    throw error;
  }
}

/** JSON stays JSON, with sorted keys; YAML loses the line break at its end. */
function print(node: YamlNode, original: string): string {
  const first = original.trim().charAt(0);
  if (first !== '{' && first !== '[') return printNode(node).trim();
  demandJson(node);
  return original.includes('\n') && original.includes('  ') ? indentedJson(node, '') : goJson(node);
}

function indentedJson(node: YamlNode, indent: string): string {
  const inner = `${indent}  `;
  if (node.content.length === 0) return goJson(node);
  if (node.kind === 'list') {
    return `[\n${node.content.map((item) => inner + indentedJson(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = pairs(node)
    .toSorted(([left], [right]) => compareBytes(left.value, right.value))
    .map(([key, value]) => `${inner}${goString(key.value)}: ${indentedJson(value, inner)}`);
  return `{\n${entries.join(',\n')}\n${indent}}`;
}
