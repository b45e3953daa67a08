import type { Paint } from './paint.ts';

/** A rule's Markdown page for a terminal: headings and code stand out, code is indented instead of fenced. */
export function renderPage(markdown: string, paint: Paint): string {
  let inCode = false;
  let text = '';
  for (const line of markdown.trimEnd().split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    else if (inCode) text += line === '' ? '\n' : `    ${renderCode(line, paint)}\n`;
    else text += `${renderProse(line, paint)}\n`;
  }
  return text;
}

function renderCode(line: string, paint: Paint): string {
  const comment = /(?:^|\s)#.*$/.exec(line);
  return comment === null ? line : line.slice(0, comment.index) + paint.dim(comment[0]);
}

function renderProse(line: string, paint: Paint): string {
  const heading = /^#+ (.*)$/.exec(line)?.[1];
  if (heading !== undefined) return paint.bold(heading);
  return line
    .replaceAll(/\[([^\]]*)\]\(([^)]*)\)/g, (_, title: string, target: string) =>
      title === target ? title : `${title} (${target})`,
    )
    .replaceAll(/`([^`]*)`/g, (quoted, code: string) => (paint.cyan(code) === code ? quoted : paint.cyan(code)));
}
