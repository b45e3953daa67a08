/** A fault of an expression, with its place as an offset in UTF-16 units; -1 where it has none. */
export interface CelIssue {
  readonly at: number;
  readonly message: string;
}

const REPORTED = 100;
const LONGEST_SNIPPET = 16_384;

/** The issues of an expression as cel-go shows them: in order of place, each with its line of text and a mark below it. Mirrors common.Errors. */
export function displayIssues(text: string, issues: readonly CelIssue[]): string {
  const lines = text.split('\n');
  const shown = issues
    .slice(0, REPORTED)
    .map((issue) => ({ ...issue, ...placeOf(text, issue.at) }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, message }) => displayIssue(text === '' ? undefined : lines[line - 1], line, column, message));
  if (issues.length > REPORTED) shown.push(`${issues.length - REPORTED} more errors were truncated`);
  return shown.join('\n');
}

/** The line, from 1, and the column, from 0 and in characters, of an offset. */
function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  if (at < 0) return { line: -1, column: -1 };
  // The end of nothing has no column.
  if (text === '') return { line: 1, column: -1 };
  const before = text.slice(0, at);
  const start = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let index = before.indexOf('\n'); index >= 0; index = before.indexOf('\n', index + 1)) line++;
  return { line, column: Array.from(before.slice(start)).length };
}

function displayIssue(source: string | undefined, line: number, column: number, message: string): string {
  const head = `ERROR: <input>:${line}:${column + 1}: ${message}`;
  if (source === undefined || source.length > LONGEST_SNIPPET) return head;
  const characters = Array.from(source.replaceAll('\t', ' '));
  const isWide = (character: string | undefined): boolean => (character?.codePointAt(0) ?? 0) > 0x7f;
  const dots = characters.slice(0, column).map((character) => (isWide(character) ? '\uff0e' : '.'));
  return `${head}\n | ${characters.join('')}\n | ${dots.join('')}${isWide(characters[column]) ? '\uff3e' : '^'}`;
}
