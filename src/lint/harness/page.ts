/*
 * A rule's page, read as a test. The format:
 *  - `# family/name`, then a paragraph, then the headings of `HEADINGS`, in that order.
 *  - A fenced block `yaml` is a file. Without a title it is a tree of its own; blocks with `title="path"` that follow one another under
 *    one heading are the files of one tree. (`json` and `text` blocks with a title are files as well.)
 *  - A fenced block `yaml config` is the configuration of the next tree.
 *  - A trailing comment `# error: [psp/pod-forbidden]` asserts a finding that starts on that line; there may be several.
 *  - Every tree under Avoid has a finding of the page's rule, no tree under Prefer has one.
 */

/** The headings of every page. */
export const HEADINGS = ['What it checks', 'Why', 'Avoid', 'Prefer', 'When not to use it', 'Sources'];

export interface PageFile {
  readonly path: string;
  readonly text: string;
}

/** One tree of files that the page gives as an example. `line` is where its first block stands in the page. */
export interface Example {
  readonly heading: string;
  readonly line: number;
  readonly files: readonly PageFile[];
  /** The YAML text of a `yaml config` block. */
  readonly config?: string;
}

export interface Page {
  readonly title: string;
  /** The paragraph under the title. */
  readonly summary: string;
  readonly headings: readonly string[];
  readonly examples: readonly Example[];
}

interface Draft {
  heading: string;
  line: number;
  files: PageFile[];
  config?: string;
  /** Further titled blocks may join. */
  open: boolean;
}

/** Reads a page; what it cannot place it leaves out, and `checkPage` complains of what is missing. */
export function parsePage(markdown: string): Page {
  const lines = markdown.split('\n');
  const headings: string[] = [];
  const drafts: Draft[] = [];
  const summary: string[] = [];
  let title = '';
  let config: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const fence = /^(`{3,})([^`]*)$/.exec(line);
    if (fence !== null) {
      const end = closingFence(lines, index, fence[1] ?? '');
      const text = `${lines.slice(index + 1, end).join('\n')}\n`;
      const info = fence[2] ?? '';
      if (/^ya?ml config\b/.test(info)) config = text;
      else if (addBlock(drafts, info, text, headings.at(-1) ?? '', index + 1, config)) config = undefined;
      index = end;
    } else if (line.startsWith('# ')) title = line.slice(2).trim();
    else if (line.startsWith('## ')) headings.push(line.slice(3).trim());
    else if (headings.length === 0 && line.trim() !== '') summary.push(line.trim());
  }
  const examples = drafts.map(({ heading, line, files, config: text }) => ({
    heading,
    line,
    files,
    ...(text === undefined ? {} : { config: text }),
  }));
  return { title, summary: summary.join(' '), headings, examples };
}

function closingFence(lines: readonly string[], start: number, fence: string): number {
  for (let index = start + 1; index < lines.length; index++) if (lines[index]?.trim() === fence) return index;
  return lines.length;
}

/** Whether the block was a file and so took the pending configuration. */
function addBlock(
  drafts: Draft[],
  info: string,
  text: string,
  heading: string,
  line: number,
  config: string | undefined,
): boolean {
  const path = /\btitle="([^"]+)"/.exec(info)?.[1];
  const isYaml = /^ya?ml\b/.test(info);
  if (!isYaml && path === undefined) return false;
  const last = drafts.at(-1);
  if (path !== undefined && config === undefined && last?.open === true && last.heading === heading) {
    last.files.push({ path, text });
    return true;
  }
  if (last !== undefined) last.open = false;
  const file = { path: path ?? 'example.yaml', text };
  drafts.push({ heading, line, files: [file], ...(config === undefined ? {} : { config }), open: path !== undefined });
  return true;
}

/** A finding that a page asserts. `line` counts from 1. */
export interface Expectation {
  readonly path: string;
  readonly line: number;
  readonly severity: string;
  readonly rule: string;
}

const ASSERTION = /(error|warning|info): \[([^\]\s]+)\]/g;

/** The findings that the trailing comments of a file assert. */
export function expectations({ path, text }: PageFile): Expectation[] {
  return text.split('\n').flatMap((line, index) => {
    const comment = /#\s*((?:error|warning|info): \[.*)$/.exec(line)?.[1] ?? '';
    return [...comment.matchAll(ASSERTION)].map(([, severity = '', rule = '']) => ({
      path,
      line: index + 1,
      severity,
      rule,
    }));
  });
}
