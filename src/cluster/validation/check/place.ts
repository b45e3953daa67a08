import type { FieldPath } from '../../../text/tree.ts';

/**
 * A place in an object as the API's validation walks to it, outermost last: messages spell it by `fieldText`, findings are shown at `pathOf`.
 * Mirrors apimachinery pkg/util/validation/field, Path. Cheap to make, because most places turn out to hold nothing wrong.
 */
export interface Place {
  readonly parent: Place | undefined;
  readonly segment: string | number;
  /** Whether it is a key of a map, which messages write in brackets. */
  readonly isKey: boolean;
}

/** A field of the object at `parent`, or of the whole object. */
export function field(parent: Place | undefined, name: string): Place {
  return { parent, segment: name, isKey: false };
}

/** A field some levels down. */
export function fieldAt(parent: Place | undefined, first: string, ...names: readonly string[]): Place {
  return names.reduce<Place>((at, name) => field(at, name), field(parent, first));
}

/** An item of the list at `parent`. */
export function item(parent: Place, index: number): Place {
  return { parent, segment: index, isKey: false };
}

/** An entry of the map at `parent`. */
export function entry(parent: Place, key: string): Place {
  return { parent, segment: key, isKey: true };
}

/** The place as messages spell it: `spec.containers[0].resources.limits[cpu]`. */
export function fieldText(place: Place): string {
  const { parent, segment, isKey } = place;
  const before = parent === undefined ? '' : fieldText(parent);
  if (isKey || typeof segment === 'number') return `${before}[${segment}]`;
  return parent === undefined ? segment : `${before}.${segment}`;
}

/** The place as a path into the object. */
export function pathOf(place: Place): FieldPath {
  const path: (string | number)[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) path.unshift(at.segment);
  return path;
}
