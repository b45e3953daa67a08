import { lstatSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem, SourceFile } from '../text/source.ts';
import { UsageError } from '../ask/values/usage-error.ts';
import { systemCode, systemReason } from './errors.ts';
import { decodeSource, readSourceFile } from './read-file.ts';
import { shownFiles, shownPath, toPosix } from './shown-path.ts';
import { walk } from './walk.ts';

/** What to read, as a user writes it. */
export interface FindRequest {
  /** Files, directories, globs, and `-` for standard input. */
  readonly paths: readonly string[];
  /** Absolute; paths are shown relative to it. */
  readonly cwd: string;
  /** Reads standard input to its end; called at most once, only for `-`. */
  readonly stdin?: () => Uint8Array;
  /** The name that standard input is shown by, and that decides which configuration applies to it. */
  readonly stdinName?: string;
  /** Files, by shown path, that the configuration leaves out; those named outright are read all the same. */
  readonly isIgnored?: (path: string) => boolean;
}

/**
 * Everything that was read, in order of path, and what could not be. A file that could not stands among the others without text, so that
 * its problem belongs to a file like every other.
 */
export interface Found {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
  /** Directories that were left out for their names, as shown. */
  readonly leftOut: readonly string[];
}

/**
 * Finds and reads manifests. A file that is named is read whatever it is called; in directories, `.yaml`, `.yml` and `.json` files are,
 * without what `.gitignore` leaves out and without others' code and test data. What cannot be read below a directory is a problem; a named path that cannot be is an error.
 * @throws UsageError for a path that is not there and for a glob that matches nothing.
 */
export async function findFiles(request: FindRequest): Promise<Found> {
  const { cwd } = request;
  const named = new Set<string>();
  const directories: string[] = [];
  const globs: string[] = [];
  const files: SourceFile[] = [];
  for (const path of request.paths.length === 0 ? ['.'] : new Set(request.paths)) {
    if (path === '-') files.push(readStandardInput(request));
    else sortOut(path, cwd, { named, directories, globs });
  }
  const found = new Set(named);
  const leftOut = new Set<string>();
  const refused: { readonly path: string; readonly error: unknown }[] = [];
  if (directories.length > 0) {
    const walked = walk(directories);
    for (const file of walked.files) found.add(file);
    refused.push(...walked.refused);
    // One that is named is read after all.
    for (const path of walked.leftOut) if (!directories.includes(path)) leftOut.add(shownPath(path, cwd));
  }
  if (globs.length > 0) {
    const { expandGlobs } = await import('./glob.ts');
    for (const file of await expandGlobs(globs, cwd)) found.add(file);
  }
  const shownFile = shownFiles(cwd);
  for (const path of found) {
    const isNamed = named.has(path);
    const shown = shownFile(path);
    if (!isNamed && request.isIgnored?.(shown) === true) continue;
    try {
      files.push(readSourceFile(path, shown, !isNamed));
    } catch (error) {
      if (isNamed) throw new UsageError(`cannot read \`${shown}\`: ${systemReason(error)}`);
      refused.push({ path, error });
    }
  }
  const problems = refused.map(({ path, error }) => unreadable(shownPath(path, cwd), error));
  files.push(...problems.map(({ file }) => file));
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), problems, leftOut: [...leftOut].sort() };
}

interface Sorted {
  readonly named: Set<string>;
  readonly directories: string[];
  readonly globs: string[];
}

/** What exists is meant literally, whatever characters its name has; only then is it a pattern. */
function sortOut(path: string, cwd: string, into: Sorted): void {
  // A variable of a script that is not set must not mean the current directory.
  if (path === '') throw new UsageError('a path is empty');
  const absolute = resolve(cwd, path);
  try {
    if (statSync(absolute).isDirectory()) into.directories.push(absolute);
    else into.named.add(absolute);
  } catch (error) {
    if (isGlob(path)) into.globs.push(path);
    else throw new UsageError(`cannot read \`${toPosix(path)}\`: ${missingReason(absolute, error)}`);
  }
}

function missingReason(path: string, error: unknown): string {
  const dangling =
    systemCode(error) === 'ENOENT' && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return dangling ? 'the symbolic link points to nothing' : systemReason(error);
}

/** Whether a path that names nothing may be meant as a pattern. */
export function isGlob(path: string): boolean {
  return /[*?{}[\]!()]/.test(path);
}

function readStandardInput(request: FindRequest): SourceFile {
  if (request.stdin === undefined) throw new UsageError('there is no standard input to read');
  const name = request.stdinName === undefined ? '<stdin>' : shownPath(request.stdinName, request.cwd);
  return decodeSource(request.stdin(), name);
}

function unreadable(shown: string, error: unknown): Problem {
  const file = { path: shown, text: '' };
  return { rule: 'parse', file, span: { start: 0, end: 0 }, message: `cannot be read: ${systemReason(error)}` };
}
