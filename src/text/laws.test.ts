import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from './json/read-json.ts';
import { readDocuments } from './read.ts';
import type { Tree } from './tree.ts';
import { printTree } from './yaml/print-tree.fixture.ts';

/** A JSON value whose objects are lists of entries, so that any key is an ordinary key. */
type Value = string | number | boolean | null | Value[] | { readonly entries: readonly (readonly [string, Value])[] };

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'a', 'on', '1', '', '<<', 'a: b', '- x', '#'),
  fc.string({ unit: 'grapheme' }),
);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    key,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 5, selector: ([name]) => name })
      .map((entries) => ({ entries })),
  ),
}));

/** Text in double quotes, for JSON and YAML alike: YAML takes less without an escape. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function toJson(item: Value): string {
  if (typeof item === 'string') return quote(item);
  if (typeof item === 'number') return Object.is(item, -0) ? '-0.0' : String(item);
  if (typeof item !== 'object' || item === null) return String(item);
  if (Array.isArray(item)) return `[${item.map(toJson).join(',')}]`;
  return `{${item.entries.map(([name, child]) => `${quote(name)}:${toJson(child)}`).join(',')}}`;
}

/** The value in block style, one step deeper for each level. */
function toBlock(item: Value, indent: string): string {
  if (Array.isArray(item) && item.length > 0) {
    return item.map((child) => `\n${indent}- ${toBlock(child, `${indent}  `)}`).join('');
  }
  if (typeof item === 'object' && item !== null && !Array.isArray(item) && item.entries.length > 0) {
    return item.entries
      .map(([name, child]) => `\n${indent}${yamlQuote(name)}: ${toBlock(child, `${indent}  `)}`)
      .join('');
  }
  return typeof item === 'string' ? yamlQuote(item) : toJson(item);
}

function yamlQuote(text: string): string {
  return quote(text).replace(/\\ud[89ab]..\\ud[c-f]../gi, (pair) => {
    const code = (JSON.parse(`"${pair}"`) as string).codePointAt(0) ?? 0;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
}

/** Numbers as numbers: 1.0 and 1 are one value. */
function normal(tree: Tree): string {
  return printTree(tree).replace(/(?<![\w"])-?\d[\d.e+-]*/gi, (literal) => String(Number(literal)));
}

function rootOf(text: string, path = 'x.yaml'): Tree {
  const { documents } = readDocuments({ path, text });
  const root = documents[0]?.root;
  if (root === undefined) throw new Error(documents[0]?.problems[0]?.message ?? 'no document');
  return root;
}

test('JSON reads as what was written', () => {
  fc.assert(
    fc.property(value, (item) => {
      const text = toJson(item);
      const { root } = readJson(text, 0, text.length, 'body');
      expect(root && normal(root)).toBe(normal(rootOf(`- ${yamlQuoteAll(text)}`)).slice(1, -1));
    }),
  );
});

/** JSON with the surrogate pairs of its strings as YAML wants them. */
function yamlQuoteAll(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (string) => yamlQuote(JSON.parse(string) as string));
}

test('block style reads as what was written', () => {
  fc.assert(
    fc.property(value, (item) => {
      const text = toJson(item);
      const { root } = readJson(text, 0, text.length, 'body');
      expect(normal(rootOf(`---${toBlock(item, '').replace(/^(?!\n)/, '\n')}\n`))).toBe(root && normal(root));
    }),
  );
});

/** Checks that every node lies in its parent, keys before values, and that quoted scalars slice back. */
function checkSpans(node: Tree, start: number, end: number, text: string): void {
  expect(node.start).toBeGreaterThanOrEqual(start);
  expect(node.end).toBeGreaterThanOrEqual(node.start);
  expect(node.end).toBeLessThanOrEqual(end);
  if (node.type === 'list') for (const item of node.items) checkSpans(item, node.start, node.end, text);
  if (node.type === 'map') {
    for (const entry of node.entries) {
      expect(entry.keyStart).toBeGreaterThanOrEqual(node.start);
      expect(entry.keyEnd).toBeLessThanOrEqual(entry.value.start);
      checkSpans(entry.value, entry.keyEnd, node.end, text);
    }
  }
}

test('spans are nested and slice back to what was written', () => {
  fc.assert(
    fc.property(value, (item) => {
      const text = `---${toBlock(item, '').replace(/^(?!\n)/, '\n')}\n`;
      const root = rootOf(text);
      checkSpans(root, 0, text.length, text);
      if (root.type === 'string') expect(text.slice(root.start, root.end)).toBe(yamlQuote(root.value));
    }),
  );
});

const SNIPPETS = [
  'a',
  'b: 1',
  '- ',
  '\n',
  '\n  ',
  '\n- ',
  'k: ',
  '"q"',
  "'s'",
  ': ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  '!t ',
  '|\n',
  '>-\n',
];
const MORE = [
  '# c',
  '? ',
  '---\n',
  '...\n',
  '\t',
  '1',
  '~',
  '\r',
  '\u0085',
  '\u2028',
  '\\',
  '"\n x',
  '&a ',
  '\ufeff',
  '\0',
  '%',
  '@',
];

test('no text makes the reader throw, and spans stay nested in what it accepts', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SNIPPETS, ...MORE), { maxLength: 25 }), (parts) => {
      const text = parts.join('');
      const { documents, problems } = readDocuments({ path: 'x', text });
      for (const { root, span, problems: found } of documents) {
        if (root === undefined) expect(found).not.toEqual([]);
        else checkSpans(root, span.start, text.length, text);
        for (const problem of found) expect(problem.span.end).toBeLessThanOrEqual(text.length);
      }
      for (const problem of problems) expect(problem.span.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1000 },
  );
});
