import { describe, expect, test } from 'vitest';
import { duplicatesMessage } from './duplicate-key.ts';
import { printTree } from './print-tree.fixture.ts';
import { readYaml } from './read-yaml.ts';

/** The JSON that a document becomes, or the server's error. */
function read(text: string): string {
  const { root, error } = readYaml(text, 0, text.length);
  return root === undefined ? (error?.message ?? '') : printTree(root);
}

describe('what a document becomes', () => {
  test.each([
    ['', 'null'],
    ['# only a comment\n', 'null'],
    ['---\n', 'null'],
    ['a: 1\nb:\n- x\n- k: z\n', '{"a":1,"b":["x",{"k":"z"}]}'],
    ['a:\n  - b\n  -\n    c\n  - - d\n', '{"a":["b","c",["d"]]}'],
    ['? a\n: b\n? c\n', '{"a":"b","c":null}'],
    ['a: one\n  two\n\n  three\n', '{"a":"one two\\nthree"}'],
    ['a: "one\n  two\\\n  three \\u00e9\\x41\\N"\n', '{"a":"one twothree éA\u0085"}'],
    ["a: 'it''s\n  two'\n", '{"a":"it\'s two"}'],
    ['a: |\n  one\n   two\n\n\nb: 1\n', '{"a":"one\\n two\\n","b":1}'],
    ['a: |+\n  one\n\n', '{"a":"one\\n\\n"}'],
    ['a: >-\n  one\n  two\n\n  three\n    four\n', '{"a":"one two\\nthree\\n  four"}'],
    ['a: |2\n    one\n', '{"a":"  one\\n"}'],
    ['{a:1}\n', '{"a:1":null}'],
    ['{"a":1}\n', '{"a":1}'],
    ['[a: 1, ? b, {c: , d}]\n', '[{"a":1},{"b":null},{"c":null,"d":null}]'],
    ['a: http://x:80/#y # comment\n', '{"a":"http://x:80/#y"}'],
    ['a:\tb\nc:\t# comment\n  - d\n', '{"a":"b","c":["d"]}'],
    ['a: 1\r\nb: |\r\n  x\r\n', '{"a":1,"b":"x\\n"}'],
    ['a: 1\rb: 2\u0085c: 3\u2028d: 4\n', '{"a":1,"b":2,"c":3,"d":4}'],
    ['\ufeffa: 1\n', '{"a":1}'],
    ['a: 1\n...\n@ not looked at\n', '{"a":1}'],
    ['{a: 1} {b: 2}\n', '{"a":1}'],
    ['[]: x\n', '[]'],
    ['__proto__: 1\nconstructor: 2\n', '{"__proto__":1,"constructor":2}'],
  ])('%j is %s', (text, json) => {
    expect(read(text)).toBe(json);
  });
});

describe('keys', () => {
  test.each([
    ['on: 1\n', '{"true":1}'],
    ['no: 1\n', '{"false":1}'],
    ['0x10: a\n', '{"16":"a"}'],
    ['3.14159265358979: a\n1e21: b\n1.0: c\n', '{"3.1415927":"a","1e+21":"b","1":"c"}'],
    ['16777217.5: a\n', '{"1.6777218e+07":"a"}'],
    ['.inf: a\n', '{".inf":"a"}'],
    ['!!str 1: a\n', '{"1":"a"}'],
    ['? &k a\n: 1\n*k : 2\n', '{"a":2}'],
    ['~: 1\n', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: 1'],
    ['{a: 1}: b\n', 'yaml: invalid map key: map[interface {}]interface {}{"a":1}'],
    ['? [a]\n: b\n', 'yaml: invalid map key: []interface {}{"a"}'],
    ['18446744073709551615: a\n', 'unsupported map key of type: uint64, key: 0xffffffffffffffff, value: "a"'],
  ])('%j is %s', (text, json) => {
    expect(read(text)).toBe(json);
  });
});

describe('tags, anchors and merge keys', () => {
  test.each([
    ['a: !!int "5"\nb: !!str 5\nc: ! 12\nd: !x 12\n', '{"a":5,"b":"5","c":"12","d":"12"}'],
    ['a: !!binary aGVs\n bG8=\n', 'yaml: !!binary value contains invalid base64 data'],
    ['a: !!binary aGVsbG8=\n', '{"a":"hello"}'],
    ['a: !!set {x, z}\n', '{"a":{"x":null,"z":null}}'],
    ['a: !has(x)\n', '{"a":""}'],
    ['a: !!int x\n', 'yaml: cannot decode !!str `x` as a !!int'],
    ['a: !!timestamp 2001-02-30\n', 'yaml: cannot decode !!str `2001-02-30` as a !!timestamp'],
    ['a: !!timestamp 2001-02-28\n', '{"a":"2001-02-28"}'],
    ['a: !y!x 1\n', 'yaml: found undefined tag handle'],
    ['a: &x [1]\nb: *x\n', '{"a":[1],"b":[1]}'],
    ['a: *x\n', "yaml: unknown anchor 'x' referenced"],
    ['a: &x [*x]\n', "yaml: anchor 'x' value contains itself"],
    [
      'a: &x {k: 1, l: 1}\nb: {l: 2, <<: *x}\nc: {<<: *x, l: 2}\n',
      '{"a":{"k":1,"l":1},"b":{"l":1,"k":1},"c":{"k":1,"l":2}}',
    ],
    ['<<: [{k: 1}, {k: 2, l: 2}]\n', '{"k":1,"l":2}'],
    ['"<<": 1\n', '{"<<":1}'],
    ['<<: 1\n', 'yaml: map merge requires map or sequence of maps as the value'],
    ['a: .inf\n', 'json: unsupported value: +Inf'],
    ['a: .inf\na: 1\n', '{"a":1}'],
  ])('%j is %s', (text, json) => {
    expect(read(text)).toBe(json);
  });
});

describe('errors', () => {
  test.each([
    ['a:\n\tb: 1\n', 'yaml: line 2: found character that cannot start any token', 3],
    ['a: b\n\tc\n', 'yaml: line 2: found a tab character that violates indentation', 5],
    ['a: b: c\n', 'yaml: mapping values are not allowed in this context', 4],
    ['a: 1\n b: 2\n', 'yaml: line 2: mapping values are not allowed in this context', 7],
    ['a: 1\nb\n', "yaml: line 3: could not find expected ':'", 7],
    ['a: [1\nb: 2\n', "yaml: line 1: did not find expected ',' or ']'", 7],
    ['a: "x\n', 'yaml: line 2: found unexpected end of stream', 3],
    ['a: "\\q"\n', 'yaml: found unknown escape character', 4],
    ['a: @x\n', 'yaml: found character that cannot start any token', 3],
    ['a: - b\n', 'yaml: block sequence entries are not allowed in this context', 3],
    ['- a\nb: c\n', "yaml: line 1: did not find expected '-' indicator", 4],
    ['a: |0\n x\n', 'yaml: found an indentation indicator equal to 0', 4],
    ['%YAML 1.1\n', 'yaml: line 1: did not find expected <document start>', 10],
    ['%FOO\n', 'yaml: found unknown directive name', 4],
  ])('%j: %s', (text, message, start) => {
    const { root, error } = readYaml(text, 0, text.length);
    expect(root).toBeUndefined();
    expect(error?.message).toBe(message);
    expect(error?.span.start).toBe(start);
  });
});

test('the last of repeated keys wins, and strict reading names the line of its value', () => {
  const text = 'a: 1\nb: 2\na:\n  c: 1\n  c: 2\n1: x\n1: z\n';
  const { root, duplicates } = readYaml(text, 0, text.length);
  expect(root && printTree(root)).toBe('{"a":{"c":2},"b":2,"1":"z"}');
  expect(duplicatesMessage(text, 0, duplicates)).toBe(
    'yaml: unmarshal errors:\n' +
      '  line 5: key "c" already set in map\n' +
      '  line 4: key "a" already set in map\n' +
      '  line 7: key 1 already set in map',
  );
});

test('keys are found again in large mappings', () => {
  const keys = Array.from({ length: 100 }, (_, index) => `k${index}: ${index}\n`).join('');
  const text = `${keys}k7: again\n`;
  const { root, duplicates } = readYaml(text, 0, text.length);
  expect(duplicates).toHaveLength(1);
  expect(root?.type === 'map' && root.entries).toHaveLength(100);
});

test('an alias shares the node of its anchor', () => {
  const text = 'a: &x {b: 1}\nc: *x\n';
  const { root } = readYaml(text, 0, text.length);
  if (root?.type !== 'map') throw new Error('no map');
  expect(root.entries[1]?.value).toBe(root.entries[0]?.value);
});

test('a key reaches 1024 characters ahead, whatever units they take', () => {
  for (const letter of ['x', '😀']) {
    expect(read(`${letter.repeat(1024)}: 1\n`)).toContain(':1}');
    expect(read(`${letter.repeat(1025)}: 1\n`)).toMatch(/mapping values are not allowed/);
  }
});

test.each([
  ['1: a\n"1": b\n', 1],
  ['yes: a\ntrue: b\n', 0],
  ['yes: a\n"true": b\n', 1],
  ['.nan: a\n.nan: b\n', 1],
  ['.nan: a\n.nan: a\n', 0],
  ['1: {x: [1]}\n"1": {x: [1]}\n', 0],
])('%j has %i keys between whose values chance decides', (text, count) => {
  expect(readYaml(text, 0, text.length).collisions).toHaveLength(count);
});
