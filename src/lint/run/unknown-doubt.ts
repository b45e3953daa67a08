import { workloadKind } from '../../cluster/index/workload-kinds.ts';
import type { ManifestObject } from '../../model/object.ts';
import { mayDecide, unknownAt, type UnknownValue, unknownValues } from '../../model/unknown-values.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import { resolvePlace } from '../finding/place.ts';
import type { Found } from '../rule/definition.ts';

/** What settles a value that is not known. */
export const FILL_IN = 'put values in place of the variables first, and lint the result';

interface UnknownDoubt {
  readonly level: 'info';
  readonly because: string;
  readonly decide: string;
}

/**
 * Values that are not known (encrypted, or filled in later) and that a find rests on: parts of the field that it is about, and parts of the
 * objects that decided. Nothing is found about such a value itself.
 */
export function unknownDoubt({ at, because = [] }: Found): UnknownDoubt | undefined {
  const { object, path } = resolvePlace(at);
  const places = [
    ...(object === undefined ? [] : placesIn(object, path)),
    ...because.flatMap(({ object: other, path: where }) =>
      'implicit' in other ? [] : [{ object: other, path: where, parts: workloadKind(other) === undefined }],
    ),
  ];
  for (const { object: other, path: where, parts } of places) {
    const unknown = unknownAt(other, where, parts);
    if (unknown === undefined || !mayDecide(other, unknown)) continue;
    return doubtOf(other, unknown);
  }
  return undefined;
}

function placesIn(object: ManifestObject, path: FieldPath) {
  if (path.length === 0) return WHOLE.has(object.kind) ? [{ object, path: ['spec'], parts: true }] : [];
  return [{ object, path, parts: workloadKind(object) === undefined }];
}

/** Kinds that decide as a whole, so that what is found about one rests on all that it says. */
const WHOLE: ReadonlySet<string> = new Set([
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
  'GlobalNetworkPolicy',
  'NetworkPolicy',
  'PodSecurityPolicy',
]);

/** Values of policies and grants that are not known: whichever object a verdict names, another could have decided with them. */
export function unknownAmong(objects: readonly ManifestObject[], kinds: ReadonlySet<string>): UnknownDoubt | undefined {
  for (const object of objects) {
    if (!kinds.has(object.kind)) continue;
    const unknown = unknownValues(object).find((value) => mayDecide(object, value));
    if (unknown !== undefined) return doubtOf(object, unknown);
  }
  return undefined;
}

function doubtOf({ kind, name }: ManifestObject, { path }: UnknownValue): UnknownDoubt {
  return {
    level: 'info',
    because: `the value of \`${formatFieldPath(path)}\` of ${kind} \`${name}\` is not known`,
    decide: FILL_IN,
  };
}
