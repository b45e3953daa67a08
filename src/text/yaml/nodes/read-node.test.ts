import { expect, test } from 'vitest';
import { readNode } from './read-node.ts';
import type { YamlNode } from './yaml-node.ts';

function nodeOf(text: string): YamlNode {
  const { node, error } = readNode(text, 0, text.length);
  if (node === undefined) throw new Error(error?.message ?? 'no document');
  return node;
}

/** Tag and text of the values of a map. */
function values(text: string): (readonly [string, string])[] {
  return nodeOf(text)
    .content.filter((_, index) => index % 2 === 1)
    .map(({ tag, value }) => [tag, value] as const);
}

test('scalars keep their text, under the rules of YAML 1.2 as go-yaml v3 has them', () => {
  expect(values('a: yes\nb: 012\nc: "5"\nd: ~\ne: 2024-01-01\nf: 1e3\ng: !!str 7\nh: <<\ni: True\n')).toEqual([
    ['!!str', 'yes'],
    ['!!int', '012'],
    ['!!str', '5'],
    ['!!null', '~'],
    ['!!timestamp', '2024-01-01'],
    ['!!float', '1e3'],
    ['!!str', '7'],
    ['!!merge', '<<'],
    ['!!bool', 'True'],
  ]);
});

test('places, lines and columns are those of the text', () => {
  const text = 'a:\n- b: "x"\n';
  const scalar = nodeOf(text).content[1]?.content[0]?.content[1];
  expect(text.slice(scalar?.start, scalar?.end)).toBe('"x"');
  expect([scalar?.line, scalar?.column, scalar?.style]).toEqual([2, 6, 'double']);
});

test('comments go to what they stand behind or above', () => {
  const [key, list] = nodeOf('# head\na: # behind\n- {b: [c]} # item\n').content;
  expect([key?.headComment, key?.lineComment]).toEqual(['# head', '# behind']);
  expect(list?.content[0]?.lineComment).toBe('# item');
  expect(nodeOf('- # above\n- b: 1\n').kind).toBe('list');
});

test('a block that ends with the text has no line break at its end', () => {
  expect(values('a: |\n  x')).toEqual([['!!str', 'x']]);
  expect(values('a: |\n  x\n')).toEqual([['!!str', 'x\n']]);
});

test('an alias stands for its anchor, and only for one that is there', () => {
  const [, anchor, , alias] = nodeOf('a: &x {b: 1}\nc: *x\n').content;
  expect(alias?.target).toBe(anchor);
  expect(readNode('a: *x\n', 0, 6).error?.message).toBe("yaml: unknown anchor 'x' referenced");
});
