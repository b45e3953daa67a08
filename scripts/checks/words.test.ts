/**
 * The words of the house, as far as a pattern can hold them: prose that reads as translated, and home-made terms where Kubernetes or Calico have their own
 * (CONTRIBUTING.md, Style). Judged are comments, literals that are sentences (messages, hints, help, reports) and Markdown; code is not.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What must not be said, and what to say instead. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:mend|mends|mended)\b/i, 'fix, set, add, remove'],
  [/\bhangs? on\b/i, 'depends on'],
  [/\blies to\b/i, 'relates to'],
  [/\bwhoever\b/i, 'the actor: any user who can create pods'],
  [/\bare yet to be\b/i, 'are not … yet'],
  [/\bworth an?\b/i, 'deserves, or say why'],
  [/\bis none of\b/i, 'is not one of, matches no'],
  [/\bis no (?:selector|object)\b/i, 'is not a selector, invalid selector'],
  [/\btakes? (?:it|them) for\b/i, 'treats it as'],
  [/\bsays? of\b/i, 'says about, answers for'],
  [/\bgets? by it\b/i, 'the grant has no effect'],
  [/\basked? about\b/i, 'queried, in question'],
  [/\bput into effect\b/i, 'applied, enforced'],
  [/\bstrangers?\b/i, 'untrusted text; pods of other namespaces'],
  [/\bvoid\b/i, 'has no effect'],
  [/\bgoes before\b/i, 'takes precedence over, precedes'],
  [/\bpeopled\b/i, 'has pods'],
  [/\bto be settled\b/i, 'unknown, to be decided'],
  [/\bin words\b/i, 'as text'],
  [/\bis [`'“][^`'”]+[`'”] meant\b|\bis \{\w+\} meant\b/i, 'did you mean `x`?'],
];

/** This list, and generated files, whose text is of the server. */
const NOT_OURS = [
  'scripts/checks/words.test.ts',
  'CHANGELOG.md',
  'docs/rules.md',
  'src/model/data/',
  'src/cluster/data/',
];

const files = execFileSync('git', ['ls-files', '-z', 'src', 'rules', 'scripts', 'docs', '*.md'], { cwd: root })
  .toString()
  .split('\0')
  .filter((file) => /\.(?:ts|mts|mjs|md)$/.test(file) && !file.startsWith('fixtures/conformance/'))
  .filter((file) => !NOT_OURS.some((start) => file.startsWith(start)));

function faults(file: string, text: string): string[] {
  const prose = file.endsWith('.md') ? proseOfPage(text) : proseOfCode(file, text);
  return prose.split('\n').flatMap((line, index) =>
    BANNED.flatMap(([pattern, better]) => {
      const found = pattern.exec(line);
      return found === null ? [] : [`${file}:${String(index + 1)}: “${found[0]}”; better: ${better}`];
    }),
  );
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** A page without its code: fenced blocks (but for snapshots, which are our words) and what stands in backticks. */
function proseOfPage(text: string): string {
  return text.replace(/^```(?!snapshot)(?:.|\n)+?^```$/gm, blank).replace(/`[^`\n]+`/g, blank);
}

/** Comments and sentences of a program at their lines, all else blank. A literal without a space is a name, and not ours to word. */
function proseOfCode(file: string, text: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const spans: { readonly start: number; readonly text: string }[] = [];
  let code = '';
  const visit = (node: ts.Node): void => {
    if (ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const start = node.getStart(source);
      const literal = text.slice(start, node.end);
      if (!ts.isRegularExpressionLiteral(node) && node.text.includes(' ')) spans.push({ start, text: literal });
      code += text.slice(code.length, start) + blank(literal);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  code += text.slice(code.length);
  // Without literals, a comment begins wherever it seems to.
  for (const { index, 0: comment } of code.matchAll(/\/\/.*|\/\*(?:.|\n)*?\*\//g)) {
    spans.push({ start: index, text: comment.replace(/`[^`\n]+`/g, blank) });
  }
  let prose = '';
  for (const { start, text: part } of spans.sort((one, other) => one.start - other.start)) {
    prose += blank(text.slice(prose.length, start)) + part;
  }
  return prose;
}

describe('words', () => {
  it.each([
    ['a comment', 'a.ts', '// Whoever reads it.', ['a.ts:1: “Whoever”']],
    ['a message', 'a.ts', "const a = 1;\nconst hint = 'mend `x`';", ['a.ts:2: “mend”']],
    ['a template', 'a.ts', 'const hint = `${a} hangs on ${b}`;', ['a.ts:1: “hangs on”']],
    ['a page', 'a.md', '# A\n\nThe deny is void.\n', ['a.md:3: “void”']],
    ['what a page shows', 'a.md', '```snapshot\na deny is void\n```\n', ['a.md:2: “void”']],
    ['types', 'a.ts', 'function f(): void {}', []],
    ['names', 'a.ts', "import { a } from './strangers.ts'; // `void`", []],
    ['code in a page', 'a.md', '```ts\nfunction f(): void {}\n```\n', []],
    ['what only looks like a comment', 'a.ts', "const a = '// ' + /\\/*void/.source;", []],
  ])('%s', (_, file, text, expected) => {
    const found = faults(file, text).map((fault) => fault.split(';')[0]);
    expect(found).toEqual(expected);
  });

  it('are plain in all that is written here', () => {
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) => faults(file, readFileSync(join(root, file), 'utf8')));
    expect(found).toEqual([]);
  });
});
