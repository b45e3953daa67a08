import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';

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

/** The same for many absolute paths of files: how their directory is shown is worked out once. */
export function shownFiles(cwd: string): (path: string) => string {
  const directories = new Map<string, string>();
  return (path) => {
    const directory = dirname(path);
    let shown = directories.get(directory);
    if (shown === undefined) {
      const prefix = shownPath(directory, cwd);
      directories.set(directory, (shown = prefix === '.' ? '' : prefix.endsWith('/') ? prefix : `${prefix}/`));
    }
    return shown + basename(path);
  };
}

/** The path with POSIX separators; itself where these are the platform's own. */
export function toPosix(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
