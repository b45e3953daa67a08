/*
 * A rule's page, read as a test. The format:
 *  - `# family/name`, then a paragraph, then the headings of `HEADINGS`, in that order; `Options` is there where the rule has options.
 *  - A fenced block `yaml` is a file. Without a title it is a tree of its own; blocks with `title="path"` that follow one another under
 *    one heading are the files of one tree. (`json` and `text` blocks with a title are files as well.)
 *  - A fenced block `yaml config` is the configuration of the next tree. With `yaml config as-shipped` a preview rule runs only where the
 *    configuration names it, as it does for users; every other tree runs it.
 *  - A trailing comment `# error: [psp/pod-forbidden]` asserts one finding that starts on that line; there may be several. The key of the
 *    message (`[psp/pod-forbidden/forbidden]`) and a part of its text, in double quotes behind it, may be asserted too.
 *  - A fenced block `snapshot` after a tree shows its findings in full. `UPDATE=1 npx vitest run scripts/rule-pages` writes them.
 *  - Every tree under Avoid has a finding of the page's rule, no tree under Prefer has one; under Options each option is set in two trees that differ in what is
 *    found: mostly in one with a finding and one without.
 */

/** The headings of every page. */
export const HEADINGS = ['What it checks', 'Why', 'Avoid', 'Prefer', 'Options', 'When not to use it', 'Sources'];

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
  /** Whether a preview rule runs only where the configuration names it. */
  readonly asShipped: boolean;
  /** The findings as the page shows them; '' where it shows none. */
  readonly snapshot: string;
  /** The lines of the page, from 0: that after the tree's last block, and that after its snapshot (the same where there is none). */
  readonly end: number;
  readonly snapshotEnd: number;
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
  config?: Config;
  /** Further titled blocks may join. */
  open: boolean;
  snapshot: string;
  end: number;
  snapshotEnd: number;
}

interface Config {
  readonly text: string;
  readonly asShipped: boolean;
}

/** Reads a page; what it cannot place it leaves out, and `checkPage` complains of what is missing. */
export function parsePage(markdown: string): Page {
  const lines = markdown.split('\n');
  const headings: string[] = [];
  const drafts: Draft[] = [];
  const summary: string[] = [];
  let title = '';
  let config: Config | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const fence = /^(`{3,})([^`]*)$/.exec(line);
    if (fence !== null) {
      const end = closingFence(lines, index, fence[1] ?? '');
      const text = `${lines.slice(index + 1, end).join('\n')}\n`;
      const info = fence[2] ?? '';
      const last = drafts.at(-1);
      if (/^ya?ml config\b/.test(info)) config = { text, asShipped: info.endsWith(' as-shipped') };
      else if (info === 'snapshot') Object.assign(last ?? {}, { snapshot: text, snapshotEnd: end + 1 });
      else if (addBlock(drafts, info, text, headings.at(-1) ?? '', index + 1, config)) {
        config = undefined;
        Object.assign(drafts.at(-1) ?? {}, { end: end + 1, snapshotEnd: end + 1 });
      }
      index = end;
    } else if (line.startsWith('# ')) title = line.slice(2).trim();
    else if (line.startsWith('## ')) headings.push(line.slice(3).trim());
    else if (headings.length === 0 && line.trim() !== '') summary.push(line.trim());
  }
  const examples = drafts.map(({ heading, line, files, config: given, snapshot, end, snapshotEnd }) => ({
    heading,
    line,
    files,
    snapshot,
    end,
    snapshotEnd,
    ...(given === undefined ? {} : { config: given.text }),
    asShipped: given?.asShipped === true,
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
  config: Config | undefined,
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
  drafts.push({
    heading,
    line,
    files: [file],
    ...(config === undefined ? {} : { config }),
    open: path !== undefined,
    snapshot: '',
    end: 0,
    snapshotEnd: 0,
  });
  return true;
}
