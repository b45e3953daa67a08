import { relative, resolve } from 'node:path';
import micromatch from 'micromatch';
import type { PathMatcher } from '../cluster/load/split-clusters.ts';
import { toPosix } from './shown-path.ts';

/**
 * Compiles the patterns of a configuration that lies in `base`, to match paths as they are shown from `cwd` (both absolute).
 * A pattern that names a directory means everything in it.
 */
export function pathMatcher(base: string, cwd: string): PathMatcher {
  const toBase = toPosix(relative(base, cwd));
  return (patterns) => {
    const normal = patterns.flatMap((pattern) => {
      const bare = pattern.replace(/^\.\//, '').replace(/\/$/, '');
      return bare === '.' || bare === '' ? ['**'] : [bare, `${bare}/**`];
    });
    const tests = normal.map((pattern) => micromatch.matcher(pattern, { dot: true }));
    return (path) => {
      const fromBase = toBase === '' && !path.startsWith('..') ? path : toPosix(relative(base, resolve(cwd, path)));
      return tests.some((test) => test(fromBase));
    };
  };
}
