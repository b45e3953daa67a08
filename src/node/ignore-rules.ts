import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ignore from 'ignore';
import { toPosix } from './shown-path.ts';

/** What `.gitignore` files leave out, below one directory (the repository root, or the directory that was named). */
export interface IgnoreRules {
  /** The rules that hold inside `directory`, once its own `.gitignore` is read. */
  enter(directory: string): IgnoreRules;
  /** Whether the entry at `path` (absolute) is left out. Asked only for entries whose parents are not. */
  ignores(path: string, isDirectory: boolean): boolean;
}

/**
 * The rules that git applies to `directory`: `.git/info/exclude`, then the `.gitignore` of every directory from `root` down to above
 * it; its own comes with `enter`. A directory that is itself ignored is walked when it is named outright; then none of these count.
 */
export function ignoreRulesFor(directory: string, root: string | undefined): IgnoreRules {
  if (root === undefined) return new Rules(directory, []);
  let rules: IgnoreRules = new Rules(root, readPatterns(join(gitDirectory(root), 'info', 'exclude'), ''));
  let current = root;
  for (const name of toPosix(relative(root, directory)).split('/').filter(Boolean)) {
    rules = rules.enter(current);
    current = join(current, name);
    if (rules.ignores(current, true)) return new Rules(directory, []);
  }
  return rules;
}

/**
 * All patterns in force, each rewritten to be relative to `base`, in one list: git lets the last match decide, and the ignore files of
 * deeper directories come last.
 */
class Rules implements IgnoreRules {
  readonly #base: string;
  readonly #patterns: readonly string[];
  readonly #matcher: ignore.Ignore | undefined;

  constructor(base: string, patterns: readonly string[]) {
    this.#base = base;
    this.#patterns = patterns;
    this.#matcher = patterns.length === 0 ? undefined : ignore({ ignorecase: false }).add(patterns);
  }

  enter(directory: string): IgnoreRules {
    const own = readPatterns(join(directory, '.gitignore'), toPosix(relative(this.#base, directory)));
    return own.length === 0 ? this : new Rules(this.#base, [...this.#patterns, ...own]);
  }

  ignores(path: string, isDirectory: boolean): boolean {
    if (this.#matcher === undefined) return false;
    const name = toPosix(path.slice(this.#base.length + (this.#base.endsWith('/') ? 0 : 1)));
    return this.#matcher.test(isDirectory ? `${name}/` : name).ignored;
  }
}

/** A worktree's or submodule's `.git` is a file that says where the real one is; the exclude file lies in the common directory. */
function gitDirectory(root: string): string {
  const path = join(root, '.git');
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return path;
  const pointer = /^gitdir: (.+)$/m.exec(readText(path))?.[1];
  if (pointer === undefined) return path;
  const directory = resolve(root, pointer.trim());
  const common = readText(join(directory, 'commondir')).trim();
  return common === '' ? directory : resolve(directory, common);
}

function readPatterns(path: string, prefix: string): string[] {
  const patterns: string[] = [];
  for (const line of readText(path).split(/\r?\n/)) {
    const pattern = rebase(line, prefix);
    if (pattern !== undefined) patterns.push(pattern);
  }
  return patterns;
}

/** The pattern as it would stand in the `.gitignore` of the base: one with a slash is anchored, one without matches at any depth below. */
function rebase(line: string, prefix: string): string | undefined {
  if (line.trim() === '' || line.startsWith('#')) return undefined;
  if (prefix === '') return line;
  const negated = line.startsWith('!');
  const pattern = negated ? line.slice(1) : line;
  const anchored = pattern.trimEnd().replace(/\/$/, '').includes('/');
  const escaped = prefix.replaceAll(/[*?[\]\\ ]/g, String.raw`\$&`);
  const rebased = anchored ? `/${escaped}/${pattern.replace(/^\//, '')}` : `/${escaped}/**/${pattern}`;
  return (negated ? '!' : '') + rebased;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Absent, or not ours to read: then git sees no rules there either.
    return '';
  }
}

/** Tells of any file below `base` whether a walk of `base` would leave it out: for files that a pattern found. */
export function ignoredBelow(base: string, root: string | undefined): (path: string) => boolean {
  const byDirectory = new Map<string, IgnoreRules | undefined>([[base, ignoreRulesFor(base, root).enter(base)]]);
  const rulesOf = (directory: string): IgnoreRules | undefined => {
    if (byDirectory.has(directory)) return byDirectory.get(directory);
    const parent = rulesOf(dirname(directory));
    const rules = parent === undefined || parent.ignores(directory, true) ? undefined : parent.enter(directory);
    byDirectory.set(directory, rules);
    return rules;
  };
  return (path) => rulesOf(dirname(path))?.ignores(path, false) ?? true;
}
