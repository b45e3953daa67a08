import type { ManifestObject } from '../../model/object.ts';

/**
 * Whether two manifests are meant for one another: both name their namespace, or they stand in one directory. Where a namespace is left out,
 * `kubectl` is told it, and manifests of different directories may go to different ones.
 */
export function writtenTogether(a: ManifestObject, b: ManifestObject): boolean {
  return (a.namespace !== '' && b.namespace !== '') || directoryOf(a) === directoryOf(b);
}

/** The directory of a manifest's file; '' for one that stands in none. */
export function directoryOf({ document }: ManifestObject): string {
  return directoryOfPath(document.file.path);
}

/** The directory of a file; '' for one that stands in none. */
export function directoryOfPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
