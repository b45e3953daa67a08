/* Paths with slashes, as Go's path/filepath handles them. */

/** A part that is empty, `.` or `..`. */
const UNCLEAN = /\/\.{0,2}(?:\/|$)/;

/** The shortest path that leads to the same place: no `.`, no `..` that could go, no slash at the end. */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  // Most paths have been cleaned before, and those of a build have dozens of parts.
  if (isAbsolute && !UNCLEAN.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push('..');
  }
  const joined = parts.join('/');
  return isAbsolute ? `/${joined}` : joined || '.';
}

/** A path below a directory, or anywhere its `..` lead. */
export function joinPath(directory: string, path: string): string {
  if (path === '') return cleanPath(directory);
  if (!directory.startsWith('/')) return cleanPath(`${directory}/${path}`);
  if (directory === '/' && path.startsWith('/')) return cleanPath(path);
  // Directories of a build have dozens of parts, and most of what is named from one is beside it.
  let [from, rest] = [directory, path];
  if (rest.startsWith('../')) from = cleanPath(from);
  for (; rest.startsWith('../'); rest = rest.slice(3)) from = parentOf(from);
  return cleanPath(`${from}/${rest}`);
}

/** The directory that holds a clean absolute path. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

/** The last part of a path. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path === '' ? '.' : '/';
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Whether a clean directory is another or lies below it. */
export function isBelow(directory: string, ancestor: string): boolean {
  return ancestor === '/' || directory === ancestor || directory.startsWith(`${ancestor}/`);
}
