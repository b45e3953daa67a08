import type { Json } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';

/** `spec.template`, `spec.replicatedJobs[*].template.spec.template`: the segments, `*` for every item of a list. */
export function parseTemplatePath(path: string): string[] {
  return path
    .replaceAll(/\[(?:\*|\d*)\]/g, '.*')
    .split('.')
    .filter((segment) => segment !== '');
}

/** Every place of a value that such a path leads to. */
export function placesOf(value: Json, segments: readonly string[]): FieldPath[] {
  let places: { path: FieldPath; value: Json }[] = [{ path: [], value }];
  for (const segment of segments) {
    const next: typeof places = [];
    for (const place of places) {
      if (Array.isArray(place.value)) {
        if (segment === '*')
          for (const [index, item] of place.value.entries()) next.push({ path: [...place.path, index], value: item });
      } else if (typeof place.value === 'object' && place.value !== null && Object.hasOwn(place.value, segment)) {
        const child = place.value[segment];
        if (child !== undefined) next.push({ path: [...place.path, segment], value: child });
      }
    }
    places = next;
  }
  return places.map((place) => place.path);
}
