import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { once } from '../lang/once.ts';
import type { Surroundings } from '../render/entry-points/render-sources.ts';
import type { SourceFile } from '../text/source.ts';
import { shownPath } from './shown-path.ts';
import { readSourceFile } from './read-file.ts';

/** What lies beside the files that were found, as the operating system has it. Paths are relative to `cwd`. */
export function surroundingsOf(cwd: string): Surroundings {
  const here = once(() => realpathSync(cwd));
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
    isDirectory: (path) => statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() === true,
  };
}
