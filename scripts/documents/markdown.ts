/** A fenced block of a Markdown page. */
export interface CodeBlock {
  /** What stands behind the fence: `sh`, `yaml`; empty where nothing does. */
  readonly language: string;
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
}

/** The fenced blocks of a page, in order. */
export function codeBlocks(page: string): CodeBlock[] {
  return [...page.matchAll(/^```(\w*)\n([\s\S]+?)^```$/gm)].map(({ 1: language = '', 2: text = '', index }) => ({
    language,
    text,
    line: page.slice(0, index).split('\n').length,
  }));
}

/** The spans of code within the sentences and tables of a page, in order. */
export function codeSpans(page: string): string[] {
  const prose = page.replaceAll(/^```[\s\S]+?^```$/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
}

/** Lines that Markdown takes for code because they are indented, from 1: such a block says nothing about its language. */
export function indentedCode(page: string): number[] {
  const fenced = new Set<number>();
  let inside = false;
  const lines = page.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('```')) inside = !inside;
    if (inside) fenced.add(index);
  }
  return lines.flatMap((line, index) =>
    /^ {4}\S/.test(line) && lines[index - 1]?.trim() === '' && !fenced.has(index) ? [index + 1] : [],
  );
}
