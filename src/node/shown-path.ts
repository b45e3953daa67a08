import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * How a path is shown to the user: relative to `cwd`, POSIX separators, the same whichever way it was given (`./a`, `a`, absolute).
 * On another Windows drive it stays absolute.
 */
export function shownPath(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  if (absolute.startsWith(cwd) && absolute[cwd.length] === sep) return toPosix(absolute.slice(cwd.length + 1));
  const shown = relative(cwd, absolute);
  if (shown === '') return '.';
  return toPosix(isAbsolute(shown) ? absolute : shown);
}

/** The path with POSIX separators; itself where these are the platform's own. */
export function toPosix(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
