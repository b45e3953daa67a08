import type { ManifestObject } from '../../model/object.ts';
import { directoryOf } from '../../text/directory-of.ts';

/**
 * Whether two manifests are meant for one another: both name their namespace, or they stand in one directory. Where a namespace is left out,
 * `kubectl` is told it, and manifests of different directories may go to different ones.
 */
export function writtenTogether(a: ManifestObject, b: ManifestObject): boolean {
  return (a.namespace !== '' && b.namespace !== '') || manifestDirectory(a) === manifestDirectory(b);
}

/** The directory of a manifest's file; '' for one that stands in none. */
export function manifestDirectory({ document }: ManifestObject): string {
  return directoryOf(document.file.path);
}
