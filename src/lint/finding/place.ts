import type { ManifestObject } from '../../model/object.ts';
import { sourceAt } from '../../text/position.ts';
import type { SourceFile } from '../../text/source.ts';
import type { FieldPath, Span } from '../../text/tree.ts';
import { locate } from '../../text/tree.ts';

/** A field of an object; `at: 'key'` points at the key instead of the value. A path that does not exist points at its nearest parent. */
export interface FieldPlace {
  readonly object: ManifestObject;
  readonly path: FieldPath;
  readonly at?: 'key' | 'value';
}

/**
 * A stretch of a file: a syntax error, a template, or a place in `object` that no path leads to. `name` tells it apart from others in the
 * same file or object.
 */
export interface TextPlace {
  readonly file: SourceFile;
  readonly span: Span;
  readonly name?: string;
  readonly object?: ManifestObject;
  readonly path?: FieldPath;
  /** Whether it stands for all manifests of the cluster together, which have no line of their own. */
  readonly isOfCluster?: boolean;
}

/** Where a rule may report: an object as a whole (its name is pointed at), a field of one, or a stretch of a file. */
export type Place = ManifestObject | FieldPlace | TextPlace;

/** A place as a finding records it. */
export interface ResolvedPlace {
  readonly file: SourceFile;
  readonly span: Span;
  readonly object?: ManifestObject;
  readonly path: FieldPath;
  /** What identifies the place within its path, line numbers aside. */
  readonly name: string;
  /** Whether it stands for all manifests of the cluster together. */
  readonly isOfCluster?: boolean;
}

/** The file and span of a place; never fails. */
export function resolvePlace(place: Place): ResolvedPlace {
  if ('span' in place) {
    const { file, span, object, path = [], name = '', isOfCluster = false } = place;
    const own = { ...(object === undefined ? {} : { object }), ...(isOfCluster ? { isOfCluster } : {}) };
    return { ...sourceAt(file, span), ...own, path, name };
  }
  if ('object' in place) {
    const { object, path } = place;
    return { ...sourceAt(object.document.file, locate(object.node, path, place.at)), object, path, name: '' };
  }
  return { ...sourceAt(place.document.file, nameSpan(place)), object: place, path: [], name: '' };
}

/** The span of `metadata.name` (or `generateName`); of the kind where an object has neither, which only a broken one lacks too. */
export function nameSpan(object: ManifestObject): Span {
  const field = object.name !== '' ? 'name' : object.generateName !== '' ? 'generateName' : undefined;
  return locate(object.node, field === undefined ? ['kind'] : ['metadata', field]);
}
