import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { ignoredBelow } from './ignore-rules.ts';
import { systemCode } from './errors.ts';
import { once } from '../lang/once.ts';
import type { Surroundings } from '../render/entry-points/render-sources.ts';
import type { SourceFile } from '../text/source.ts';
import { repositoryRoot } from './repository.ts';
import { shownPath } from './shown-path.ts';
import { readSourceFile } from './read-file.ts';

/** What lies beside the files that were found, as the operating system has it. Paths are relative to `cwd`. */
export function surroundingsOf(cwd: string): Surroundings {
  const here = once(() => realpathSync(cwd));
  const statOf = existingStats();
  const repositories = new Map<string, string>();
  const ignored = new Map<string, (path: string) => boolean>();
  return {
    file: (path): SourceFile | undefined => {
      const absolute = resolve(cwd, path);
      return statOf(absolute)?.isFile() === true ? readSourceFile(absolute, path, true) : undefined;
    },
    realPath: (path) => {
      const absolute = resolve(cwd, path);
      return statOf(absolute) === undefined ? path : shownPath(realpathSync(absolute), here());
    },
    isIgnored: (path) => {
      const absolute = resolve(cwd, path);
      const directory = dirname(absolute);
      let root = repositories.get(directory);
      if (root === undefined) repositories.set(directory, (root = repositoryRoot(directory) ?? cwd));
      if (!absolute.startsWith(root + sep)) return false;
      let isIgnored = ignored.get(root);
      if (isIgnored === undefined) ignored.set(root, (isIgnored = ignoredBelow(root, root)));
      return isIgnored(absolute);
    },
    isDirectory: (path) => statOf(resolve(cwd, path))?.isDirectory() === true,
  };
}

/** What is at an absolute path, if anything. Most of what is asked for is not there, which the names in its directory tell, read once. */
function existingStats(): (path: string) => Stats | undefined {
  const names = new Map<string, ReadonlySet<string> | undefined>();
  return (path) => {
    const directory = dirname(path);
    if (!names.has(directory)) names.set(directory, namesIn(directory));
    const isMissing = directory !== path && names.get(directory)?.has(basename(path)) === false;
    return isMissing ? undefined : statSync(path, { throwIfNoEntry: false });
  };
}

/** Undefined for a directory that may not be listed. */
function namesIn(directory: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(directory));
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(systemCode(error)) ? new Set() : undefined;
  }
}
