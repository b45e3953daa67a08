import type { ManifestObject } from '../../model/object.ts';

/**
 * The order in which `kubectl apply -R -f .` meets objects: directories walked entry by entry in byte order of names, then documents,
 * then items of lists. Negative when `a` comes first.
 */
export function compareInFileOrder(a: ManifestObject, b: ManifestObject): number {
  const left = a.document;
  const right = b.document;
  if (left !== right) {
    return comparePaths(left.file.path, right.file.path) || left.index - right.index;
  }
  for (const [depth, segment] of a.path.entries()) {
    const other = b.path[depth];
    if (typeof segment === 'number' && typeof other === 'number' && segment !== other) return segment - other;
  }
  return a.path.length - b.path.length;
}

const slash = 0x2f;

/** Paths by their segments: what is inside `a/` comes before `a.yaml`, as in a directory walk. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return (left === slash ? -1 : left) - (right === slash ? -1 : right);
  }
  return a.length - b.length;
}

/** The objects in file order; the same array where they are already. Equal places keep their order. */
export function inFileOrder(objects: readonly ManifestObject[]): readonly ManifestObject[] {
  for (let index = 1; index < objects.length; index++) {
    const before = objects[index - 1];
    const after = objects[index];
    if (before !== undefined && after !== undefined && compareInFileOrder(before, after) > 0) {
      return [...objects].sort(compareInFileOrder);
    }
  }
  return objects;
}
