import { isObject } from '../../../model/json.ts';
import { metadataOf, textOf } from '../../../cluster/stored/object-metadata.ts';
import type { StoredObject } from '../../../cluster/stored/stored-objects.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import type { Reason } from '../../verdict.ts';

/** The classes that one of the annotations marks as the default, youngest first; of the same age, as manifests are, by name. */
export function defaultClasses(
  classes: readonly StoredObject[],
  annotations: readonly string[],
): readonly StoredObject[] {
  return classes
    .filter(({ value }) => {
      const written = metadataOf(value).annotations;
      return isObject(written) && annotations.some((key) => Object.hasOwn(written, key) && written[key] === 'true');
    })
    .toSorted((left, right) => compareBytes(ageOf(right), ageOf(left)) || compareBytes(left.name, right.name));
}

/** Why several default classes are too many. */
export function defaultReasons(classes: readonly StoredObject[]): readonly Reason[] {
  const sentence = 'the class is marked as the default one';
  return classes.map(({ object }) => ({ object, path: ['metadata', 'annotations'], sentence }));
}

function ageOf({ value }: StoredObject): string {
  return textOf(metadataOf(value).creationTimestamp);
}
