import { expect, test } from 'vitest';
import { listComments } from './comments.ts';
import { readDocuments } from './read.ts';

function comments(text: string): string[][] {
  return readDocuments({ path: 'x', text }).documents.map((document) =>
    listComments(document).map(({ text: words, trailing, start, end }) => {
      expect(text.slice(start, end)).toMatch(/^#/);
      return (trailing ? '+' : '') + words;
    }),
  );
}

test('comments are found wherever YAML allows them, and nowhere else', () => {
  const text = [
    '# head',
    'a: b # one',
    'c: "# no" #two',
    'd: |  # three',
    '  # no',
    'e: x#no',
    'f: [1, # four',
    '  2]',
    '  # last',
    '--- # separator',
    'g: 1',
    '# tail',
  ].join('\n');
  expect(comments(text)).toEqual([['head', '+one', '+two', '+three', '+four', 'last'], ['tail']]);
});

test('of a broken document the comments before the fault are found', () => {
  expect(comments('a: 1 # one\nb: @\n# two\n')).toEqual([['+one']]);
});

test('JSON has none', () => {
  expect(comments('{"a": "# x"}')).toEqual([[]]);
});
