import { expect, test } from 'vitest';
import { listComments } from './comments.ts';
import { readBodies, readDocuments } from './read.ts';
import { child, type Tree } from './tree.ts';

/** Reads a text in every way; answers the message of its first document, or '' if that could be read. */
function messageOf(text: string): string {
  const file = { path: 'x', text };
  readBodies(file);
  const { documents, problems } = readDocuments(file);
  for (const document of documents) listComments(document);
  const problem = documents[0] === undefined ? problems[0] : documents[0].problems[0];
  return problem?.message ?? '';
}

test.each([
  ['brackets', '['.repeat(10_001), 'yaml: exceeded max depth of 10000'],
  ['closed brackets', '['.repeat(10_000) + ']'.repeat(10_000), 'nests more than 1000 levels'],
  ['lists in lists', `${'- '.repeat(10_001)}x`, 'yaml: exceeded max depth of 10000'],
  ['a thousand lists in lists', `${'- '.repeat(1001)}x`, 'nests more than 1000 levels'],
  ['JSON', '{"a":'.repeat(10_001), 'exceeded max depth'],
  ['questions', '? '.repeat(9000), 'yaml: invalid map key'],
])('deep nesting of %s is refused', (_name, text, message) => {
  expect(messageOf(text)).toContain(message);
});

test('an alias bomb is refused, and costs nothing', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 30; level++) {
    lines.push(
      `a${level}: &a${level} [${Array<string>(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }
  expect(messageOf(lines.join('\n'))).toBe('yaml: document contains excessive aliasing');
});

test('a chain of aliases nests as deep as it expands', () => {
  const lines = ['filler:', ...Array<string>(2000).fill('- x'), 'a0: &a0 [x]'];
  for (let level = 1; level <= 100; level++) {
    lines.push(`a${level}: &a${level} ${'['.repeat(10)}*a${level - 1}${']'.repeat(10)}`);
  }
  expect(messageOf(lines.join('\n'))).toContain('nests more than 1000 levels');
});

test.each([
  ['a plain scalar', `a: ${'x'.repeat(20_000_000)}`],
  ['line feeds in a literal', `a: |\n${'\n'.repeat(2_000_000)}`],
  ['spaces', ' '.repeat(2_000_000)],
  ['comments', '#\n'.repeat(500_000)],
  ['documents', '---\na\n'.repeat(20_000)],
  ['repeated keys', 'a: 1\n'.repeat(30_000)],
  ['keys', Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ['items on one line', `[${'a, '.repeat(100_000)}]`],
])('%s in great number are read', (_name, text) => {
  expect(messageOf(text)).toBe('');
});

test.each([
  ['a: b\0', 'yaml: control characters are not allowed'],
  ['a: \x7f', 'yaml: control characters are not allowed'],
  ['a: \ud800', 'yaml: invalid Unicode character'],
  ['a: \udc00x', 'yaml: invalid Unicode character'],
  ['a: "\\ud800"', 'yaml: found invalid Unicode character escape code'],
  ['a: \ufffe', 'yaml: control characters are not allowed'],
  ['a: 😀\ufeff\ufffd', ''],
])('%j: %s', (text, message) => {
  expect(messageOf(text)).toBe(message);
});

test('many forbidden characters in many documents cost no more than the text', () => {
  expect(messageOf('---\na: \x01\n'.repeat(10_000))).toBe('yaml: control characters are not allowed');
});

test('keys named like parts of JavaScript objects are ordinary keys', () => {
  const text = '__proto__: {x: 1}\nconstructor: 2\nhasOwnProperty: 3\n';
  const root: Tree | undefined = readDocuments({ path: 'x', text }).documents[0]?.root;
  if (root?.type !== 'map') throw new Error('no map');
  expect(root.entries.map(({ key }) => key)).toEqual(['__proto__', 'constructor', 'hasOwnProperty']);
  expect(child(root, '__proto__')?.type).toBe('map');
  expect(child(root, 'toString')).toBeUndefined();
});
