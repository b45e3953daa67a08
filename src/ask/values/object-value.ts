import type { ManifestObject } from '../../model/object.ts';

/** An object by its name. */
export interface ObjectValue {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** An object as values name it. */
export function objectName(object: ManifestObject): ObjectValue {
  const { apiVersion, kind, namespace, name, generateName } = object;
  return { apiVersion, kind, ...(namespace === '' ? {} : { namespace }), name: name === '' ? generateName : name };
}
