import { objectsOf } from '../../src/model/objects.ts';
import type { ManifestObject } from '../../src/model/object.ts';
import { readDocuments } from '../../src/text/read.ts';

/** The objects of a case, each from a file of its own whose path tells its position (`positionOf`). */
export function caseObjects(values: readonly unknown[]): ManifestObject[] {
  return values.flatMap((value, index) => {
    const path = `objects/${String(index).padStart(PATH_DIGITS, '0')}.json`;
    const { documents } = readDocuments({ path, text: JSON.stringify(value) });
    return [...objectsOf(documents).objects];
  });
}

/** The position of an object in the list that `caseObjects` was given. */
export function positionOf(object: ManifestObject): number {
  return Number.parseInt(object.document.file.path.slice('objects/'.length), 10);
}

const PATH_DIGITS = 5;
