/**
 * Of things with paths of the tree, the one whose path ends most like a path of a node: at least the file names agree. Undefined where none
 * does, or several do equally well.
 */
export function longestShared<T>(nodePath: string, things: readonly T[], pathOf: (thing: T) => string): T | undefined {
  const shared = things.map((thing) => ({ thing, length: sharedEnd(nodePath, pathOf(thing)) }));
  const longest = Math.max(0, ...shared.map(({ length }) => length));
  const [only, another] = shared.filter(({ length }) => length > 0 && length === longest);
  return another === undefined ? only?.thing : undefined;
}

/** How many segments two paths have in common, counted from their ends. */
function sharedEnd(left: string, right: string): number {
  const one = left.split('/').reverse();
  const other = right.split('/').reverse();
  const differs = one.findIndex((segment, index) => segment === '' || segment !== other[index]);
  return differs < 0 ? one.length : differs;
}

/** The file that a path written in another file means; it is relative to that file's folder unless it starts at the root. */
export function relativeTo(file: string, path: string): string {
  const whole = path.startsWith('/') ? path : `${file.slice(0, file.lastIndexOf('/') + 1)}${path}`;
  const segments: string[] = [];
  for (const segment of whole.split('/')) {
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
