import type { Span } from './tree.ts';

/**
 * How templates begin what they replace: Go, Helm and Jinja `{{`, Jinja `{%` and `{#`, FreeMarker `<#`, `</#`, `<@`, ERB `<%`, and marks
 * that no plain YAML value can begin with: `%NAME%`, `%{name}`, `@name@`, `@@name@@`; `%%%`; `$NAME` alone on a line, for envsubst.
 */
const MARK =
  /\{\{|\{[%#]|<\/?#[a-z]|<@[a-z]|<%|(?<=[:\-,[{]\s*)(?:%[A-Za-z_][\w.-]*%|%\{[^}\n]*\}|@@?[A-Za-z_][\w.-]*@@?|%{2,}(?=\s*$))|^\$\{?[A-Z][A-Z0-9_]*\}?(?=\s*$)/gm;

/** The first mark of a template in a stretch of text, to the end of its expression; marks in comments are nothing. */
export function templateMark(text: string, { start, end }: Span): Span | undefined {
  const chunk = text.slice(start, end);
  let commentEnd = 0;
  for (const { 0: mark, index } of chunk.matchAll(MARK)) {
    if (index < commentEnd) continue;
    const lineStart = chunk.lastIndexOf('\n', index) + 1;
    const lineEnd = chunk.indexOf('\n', index);
    // `<#` and `{#` hold a hash of their own; a comment's stands at the start of the line, or behind white space.
    if (/(?:^|\s)#/.test(chunk.slice(lineStart, index))) {
      commentEnd = lineEnd < 0 ? chunk.length : lineEnd;
      continue;
    }
    const closing = CLOSING[mark.slice(0, 2)];
    const close = closing === undefined ? -1 : chunk.indexOf(closing, index);
    const length =
      close >= 0 && (lineEnd < 0 || close < lineEnd) && closing !== undefined
        ? close + closing.length - index
        : mark.length;
    return { start: start + index, end: start + index + length };
  }
  return undefined;
}

const CLOSING: Readonly<Record<string, string>> = {
  '{{': '}}',
  '{%': '%}',
  '{#': '#}',
  '<#': '>',
  '</': '>',
  '<@': '>',
  '<%': '%>',
};
