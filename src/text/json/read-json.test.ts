import { expect, test } from 'vitest';
import { printTree } from '../yaml/print-tree.fixture.ts';
import { readJson } from './read-json.ts';

test.each([
  ['{"a":[1.50,-0,1e5],"a":{"b":null}}', '{"a":[1.50,-0,1e5],"a":{"b":null}}'],
  [String.raw` "\u00e9\ud83d\ude00\ud83d\n\/" `, '"é😀\ufffd\\n/"'],
  ['[]', '[]'],
  ['{} x', "invalid character 'x' after top-level value"],
  ['', 'unexpected end of JSON input'],
  ['[1', 'unexpected end of JSON input'],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['01', "invalid character '1' after top-level value"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['1ex', "invalid character 'x' in exponent of numeric literal"],
  ['trux', "invalid character 'x' in literal true (expecting 'e')"],
  ['"\n"', String.raw`invalid character '\n' in string literal`],
  [String.raw`"\q"`, "invalid character 'q' in string escape code"],
  [String.raw`"\u00g0"`, String.raw`invalid character 'g' in \u hexadecimal character escape`],
  ["'", String.raw`invalid character '\'' looking for beginning of value`],
  ['é', "invalid character 'Ã' looking for beginning of value"],
])('%j is %s', (text, expected) => {
  const { root, error } = readJson(text, 0, text.length, 'body');
  expect(root === undefined ? error?.message : printTree(root)).toBe(expected);
});

test('a value of a stream ends where it ends', () => {
  expect(readJson(' {"a":1} x', 0, 10, 'stream')).toMatchObject({ end: 8, error: undefined, height: 1 });
  expect(readJson('{"a":', 0, 5, 'stream').error?.message).toBe('unexpected EOF');
});

test('nesting is limited as in Go, and costs no stack', () => {
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  expect(readJson(deep(10_000), 0, 20_000, 'body').height).toBe(10_000);
  expect(readJson(deep(10_001), 0, 20_002, 'body').error?.message).toBe('exceeded max depth');
});
