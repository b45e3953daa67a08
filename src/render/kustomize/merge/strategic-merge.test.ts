import { expect, test } from 'vitest';
import { readNode } from '../../../text/yaml/nodes/read-node.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { goJson } from '../node/go-json.ts';
import { BUILTIN_SCHEMAS } from './schema.ts';
import { strategicMerge } from './strategic-merge.ts';

function nodeOf(text: string): YamlNode {
  const { node } = readNode(text, 0, text.length);
  if (node === undefined) throw new Error(text);
  return node;
}

/** `spec` of a Pod behind a patch. */
function merged(spec: string, patch: string, kind = 'Pod'): string {
  const head = `apiVersion: v1\nkind: ${kind}\n`;
  const merging = { schemas: BUILTIN_SCHEMAS, note: () => undefined };
  const result = strategicMerge(nodeOf(`${head}spec: ${spec}\n`), nodeOf(`${head}spec: ${patch}\n`), merging);
  if (result === undefined) return 'deleted';
  return goJson(result).replace(/^.*"spec":(.*)\}$/, '$1');
}

test.each([
  [
    'items of the patch come first',
    '{containers: [{name: a, image: x}, {name: b}]}',
    '{containers: [{name: b, image: y}]}',
    '{"containers":[{"image":"y","name":"b"},{"image":"x","name":"a"}]}',
  ],
  ['null deletes', '{a: 1, b: 2}', '{a: null}', '{"b":2}'],
  [
    'a list without keys is replaced',
    '{tolerations: [{key: a}]}',
    '{tolerations: [{key: b}]}',
    '{"tolerations":[{"key":"b"}]}',
  ],
  [
    '$patch: delete takes an item out',
    '{containers: [{name: a}, {name: b}]}',
    '{containers: [{name: a, $patch: delete}]}',
    '{"containers":[{"name":"b"}]}',
  ],
  [
    '$patch: replace makes the patch the map',
    '{securityContext: {a: 1}}',
    '{securityContext: {$patch: replace, b: 2}}',
    '{"securityContext":{"b":2}}',
  ],
  [
    'a port without protocol is dropped beside one with it',
    '{containers: [{name: a, ports: [{containerPort: 80, protocol: TCP}]}]}',
    '{containers: [{name: a, ports: [{containerPort: 80, hostPort: 80}]}]}',
    '{"containers":[{"name":"a","ports":[{"containerPort":80,"protocol":"TCP"}]}]}',
  ],
  ['a null of the object stays', '{a: ~}', '{b: 1}', '{"a":null,"b":1}'],
])('%s', (_, spec, patch, expected) => {
  expect(merged(spec, patch)).toBe(expected);
});

test('lists of a kind that is not known are replaced', () => {
  expect(merged('{containers: [{name: a}]}', '{containers: [{name: b}]}', 'Widget')).toBe(
    '{"containers":[{"name":"b"}]}',
  );
});

test('a comment is read as a schema', () => {
  const spec =
    '\n  parts:\n  # {"x-kubernetes-patch-merge-key":"name","x-kubernetes-patch-strategy":"merge"}\n  - {name: a}\n';
  const comment = spec.replace(/ {2}parts:\n( *#.*\n)/, '$1  parts:\n');
  expect(merged(comment, '{parts: [{name: b}]}', 'Widget')).toBe('{"parts":[{"name":"b"},{"name":"a"}]}');
});
