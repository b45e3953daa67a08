import { describe, expect, test } from 'vitest';
import { readBodies, readDocuments } from './read.ts';
import type { Problem, SourceFile } from './source.ts';
import { printTree } from './yaml/print-tree.fixture.ts';

function fileOf(text: string, path = 'x.yaml'): SourceFile {
  return { path, text };
}

/** Each document as JSON, or `!` and its problem; then the problems of the file. */
function read(text: string): string[] {
  const { documents, problems } = readDocuments(fileOf(text));
  const found = documents.map(({ root, problems: [problem] }) =>
    root === undefined ? `! ${problem?.message ?? ''}` : printTree(root),
  );
  return [...found, ...problems.map(({ message }) => `! ${message}`)];
}

function problemsOf(text: string): readonly Problem[] {
  const { documents, problems } = readDocuments(fileOf(text));
  return [...documents.flatMap((document) => document.problems), ...problems];
}

describe('splitting', () => {
  test.each([
    ['', []],
    ['\n', ['null']],
    ['a: 1\n---\nb: 2', ['{"a":1}', '{"b":2}']],
    ['---\na: 1\n--- # c\nb: 2\n---', ['{"a":1}', '{"b":2}']],
    ['---\n---\na: 1\n', ['null', '{"a":1}']],
    ['a: |\n  x\n---\nb: 1\n', ['{"a":"x\\n"}', '{"b":1}']],
    ['a: 1\r\n---\r\nb: 2\r\n', ['{"a":1}', '{"b":2}']],
    ['a: 1\n--- {b: 2}\n', ['! invalid Yaml document separator: {b: 2}']],
    ['a: 1\n---\nb: [\n---\nc: 3\n', ['{"a":1}', '! yaml: line 1: did not find expected node content', '{"c":3}']],
    ['a: 1\n...\n---\nb: 2\n', ['{"a":1}', '{"b":2}']],
    ['\ufeffa: 1\n---\n\ufeffb: 2\n', ['{"a":1}', '{"b":2}']],
  ])('%j holds %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('an invalid separator is a problem at its line that says what is not read', () => {
    const [problem] = problemsOf('a: 1\n---x\nb: 2\n');
    expect(problem).toMatchObject({ rule: 'parse', span: { start: 5, end: 9 } });
    expect(problem?.hint).toContain('neither the document before');
  });
});

describe('JSON', () => {
  test.each([
    ['{"a":1}{"b":2}\n{"c":3}', ['{"a":1}', '{"b":2}', '{"c":3}']],
    [' \n{"a":1,"a":2}', ['{"a":1,"a":2}']],
    ['{"a":1} [1] "x"', ['{"a":1}', '[1]', '"x"']],
    ['{"a":1,}', ['{"a":1}']],
    ['{a: 1}\n---\nb: 2\n', ['{"a":1}', '{"b":2}']],
    ['{"a":1}\n# comment\n', ['{"a":1}', 'null']],
    ['{"a":1}\n---\nb: 2\n', ['{"a":1}', '{"b":2}']],
    [
      '{"a":1}{"b":2}{c: 3}',
      ['{"a":1}', '{"b":2}', "! json: offset 16: invalid character 'c' looking for beginning of object key string"],
    ],
    ['{"a":[', ['! unexpected EOF']],
    ['{"a":@}\n\n', ["! json: offset 6: invalid character '@' looking for beginning of value"]],
  ])('%j holds %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('problems', () => {
  test('a repeated key is a problem of an object, at the second key', () => {
    const [problem] = problemsOf('kind: X\na: 1\na: 2\n');
    expect(problem).toMatchObject({
      rule: 'duplicate-key',
      message: 'key "a" already set in map',
      span: { start: 13, end: 14 },
    });
    expect(problemsOf('a: 1\na: 2\n')).toEqual([]);
  });

  test('a value swallowed by a tag is a problem at the tag', () => {
    const [problem] = problemsOf('kind: X\nselector: !has(x)\nother: ! 12\n');
    expect(problem).toMatchObject({ rule: 'tag-ignored', span: { start: 18, end: 25 } });
    expect(problem?.message).toContain('the empty string');
    expect(problem?.hint).toContain("'!has(x)'");
  });

  test('text behind the end of a document is a problem, comments and end marks are none', () => {
    expect(problemsOf('a: 1\n...\nb: 2\n')).toMatchObject([{ rule: 'parse', span: { start: 9, end: 13 } }]);
    expect(problemsOf('a: 1\n...\n# end\n...\n')).toEqual([]);
    expect(problemsOf('{"a": 1\n} {b: 2}\n')).toEqual([]);
    expect(problemsOf('[a] [b]\n')).toMatchObject([{ span: { start: 4, end: 7 } }]);
  });

  test('a template that cannot be read is not a syntax error', () => {
    const [problem] = problemsOf('{{- if .Values.x }}\na: {{ .Values.y }}\n{{- end }}\n');
    expect(problem).toMatchObject({ rule: 'not-rendered', span: { start: 0, end: 19 } });
    expect(problemsOf('a: "{{ x }}"\n')).toEqual([]);
  });

  test.each([
    ['a:\n\tb: 1\n', 'spaces'],
    ['a: b: c\n', 'quote'],
    ['a: 1\n b: 2\n', 'quote'],
    ['a: "x\n', 'close this quote'],
    ['a: *.x\n', 'quote'],
    ['a: %x\n', 'begins with `%`'],
    ['a: 1\nb\n', 'colon'],
    ['a: [1\n', 'close the bracket'],
    ['a: \x01\n', 'UTF-8'],
  ])('%j comes with a hint', (text, hint) => {
    expect(problemsOf(text)[0]?.hint).toContain(hint);
  });

  test('an error in a later document is placed in the file, though its line counts in the document', () => {
    const [problem] = problemsOf('a: 1\n---\nb:\n\tc: 1\n');
    expect(problem).toMatchObject({ message: 'yaml: line 2: found character that cannot start any token' });
    expect(problem?.span.start).toBe(12);
  });
});

test('bytes that are not UTF-8 break their document only', () => {
  const bytes = Uint8Array.from([...Buffer.from('a: 1\n---\nb: '), 0xff, ...Buffer.from('\n---\nc: 3\n')]);
  const file = { path: 'x', text: new TextDecoder().decode(bytes), bytes };
  const { documents } = readDocuments(file);
  expect(documents.map(({ root }) => root !== undefined)).toEqual([true, false, true]);
  expect(documents[1]?.problems[0]).toMatchObject({
    message: 'yaml: invalid leading UTF-8 octet',
    span: { start: 12 },
  });
});

test('UTF-16 is read when it is big-endian and ends with a line feed', () => {
  const text = 'a: é\nb: [x]\n';
  const bytes = Uint8Array.from([0xfe, 0xff, ...Array.from(text, (letter) => [0, letter.charCodeAt(0)]).flat()]);
  const file = { path: 'x', text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), bytes };
  const root = readDocuments(file).documents[0]?.root;
  expect(root && printTree(root)).toBe('{"a":"é","b":["x"]}');
  if (root?.type !== 'map') throw new Error('no map');
  expect(file.text.slice(root.entries[1]?.keyStart, root.entries[1]?.keyEnd)).toBe('\0b');
});

test('a body is read both ways when it begins with a brace', () => {
  const { bodies, error } = readBodies(fileOf('---\r\n{"a": 1.0}\r\n---x\r\n'));
  expect(error).toBe('invalid Yaml document separator: x');
  expect(bodies).toHaveLength(0);
  const [body] = readBodies(fileOf('{"a": 1.0, "a": 2}')).bodies;
  expect(body?.text).toBe('{"a": 1.0, "a": 2}\n');
  expect(body?.yaml.root && printTree(body.yaml.root)).toBe('{"a":2}');
  expect(body?.json?.root && printTree(body.json.root)).toBe('{"a":1.0,"a":2}');
});
