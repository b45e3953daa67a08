import { expect, test } from 'vitest';
import { readNode } from '../../../text/yaml/nodes/read-node.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { goJson } from '../node/go-json.ts';
import { applyJsonPatch, readOperations } from './json-patch.ts';

function nodeOf(text: string): YamlNode {
  const { node } = readNode(text, 0, text.length);
  if (node === undefined) throw new Error(text);
  return node;
}

/** The document behind a patch, or what is wrong with it. */
function patched(operations: string): string {
  try {
    return goJson(
      applyJsonPatch(nodeOf('{a: {b: 1}, l: [x, y]}'), readOperations(nodeOf(operations), 'patches') ?? []),
    );
  } catch (error) {
    if (error instanceof KustomizeFailure) return error.message;
    throw error;
  }
}

test.each([
  ['[{op: add, path: /a/c, value: 2}]', '{"a":{"b":1,"c":2},"l":["x","y"]}'],
  ['[{op: add, path: /l/-, value: z}]', '{"a":{"b":1},"l":["x","y","z"]}'],
  ['[{op: add, path: /l/0, value: z}]', '{"a":{"b":1},"l":["z","x","y"]}'],
  ['[{op: replace, path: /a/new, value: 2}]', '{"a":{"b":1,"new":2},"l":["x","y"]}'],
  ['[{op: replace, path: whatever/a, value: 2}]', '{"a":2,"l":["x","y"]}'],
  ['[{op: remove, path: /l/-1}]', '{"a":{"b":1},"l":["x"]}'],
  ['[{op: move, from: /a/b, path: /m}]', '{"a":{},"l":["x","y"],"m":1}'],
  ['[{op: copy, from: /l, path: /a/b}]', '{"a":{"b":["x","y"]},"l":["x","y"]}'],
  ['[{op: test, path: /a, value: {b: 1}}]', '{"a":{"b":1},"l":["x","y"]}'],
])('%s', (operations, expected) => {
  expect(patched(operations)).toBe(expected);
});

test.each([
  ['[{op: remove, path: /none}]', 'Unable to remove nonexistent key'],
  ['[{op: add, path: /none/x, value: 1}]', 'add operation does not apply'],
  ['[{op: add, path: /l/9, value: 1}]', 'error in add for path'],
  ['[{op: test, path: /a/b, value: 2}]', 'testing value /a/b failed'],
  ['[{op: paint, path: /a}]', 'Unexpected kind: paint'],
  ['[{op: replace}]', 'missing value'],
])('%s fails', (operations, message) => {
  expect(patched(operations)).toContain(message);
});
