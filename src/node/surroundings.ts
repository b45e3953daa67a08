import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { ignoredBelow } from './ignore-rules.ts';
import { once } from '../lang/once.ts';
import type { Surroundings } from '../render/entry-points/render-sources.ts';
import type { SourceFile } from '../text/source.ts';
import { repositoryRoot } from './repository.ts';
import { shownPath } from './shown-path.ts';
import { readSourceFile } from './read-file.ts';

/** What lies beside the files that were found, as the operating system has it. Paths are relative to `cwd`. */
export function surroundingsOf(cwd: string): Surroundings {
  const here = once(() => realpathSync(cwd));
  const ignored = new Map<string, (path: string) => boolean>();
  return {
    file: (path): SourceFile | undefined => {
      const absolute = resolve(cwd, path);
      return statSync(absolute, { throwIfNoEntry: false })?.isFile() === true
        ? readSourceFile(absolute, path, true)
        : undefined;
    },
    realPath: (path) => {
      const absolute = resolve(cwd, path);
      if (statSync(absolute, { throwIfNoEntry: false }) === undefined) return path;
      return shownPath(realpathSync(absolute), here());
    },
    isIgnored: (path) => {
      const absolute = resolve(cwd, path);
      const root = repositoryRoot(dirname(absolute)) ?? cwd;
      if (!absolute.startsWith(root + sep)) return false;
      let isIgnored = ignored.get(root);
      if (isIgnored === undefined) ignored.set(root, (isIgnored = ignoredBelow(root, root)));
      return isIgnored(absolute);
    },
    isDirectory: (path) => statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() === true,
  };
}
